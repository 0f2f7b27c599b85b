import type {
  AlarmState,
  AliasState,
  BackupPoint,
  CompositeAlarmState,
  FunctionState,
  TableState,
} from "../../aws/index.ts";
import type { FunctionPlan, ServicePlan, TablePlan } from "../../plan/index.ts";
import type { Operation, Release, RestoredTable, Standing } from "../../release/index.ts";
import type { Change } from "../../terraform/index.ts";
import type { Asked } from "../asked.ts";
import type { Series } from "../figures/series.ts";
import type { TimeWindow } from "../time/time-window.ts";

/** What is there of a function. */
export interface FunctionFacts {
  readonly plan: FunctionPlan;
  /** Nothing where there is no such function, or no alias of it. */
  readonly alias: AliasState | undefined;
  readonly state: FunctionState | undefined;
}

/** What was counted of a function in the window. */
export interface FunctionFigures {
  readonly invocations: Series;
  readonly errors: Series;
  readonly throttles: Series;
  readonly p50Milliseconds: Series;
  readonly p99Milliseconds: Series;
  readonly concurrency: Series;
  readonly coldStarts: Series;
}

export interface Figures {
  /** By the function's name in AWS. */
  readonly functions: ReadonlyMap<string, FunctionFigures>;
  /** Null where the service has no routes. */
  readonly api: {
    readonly requests: Series;
    readonly serverErrors: Series;
    readonly p99Milliseconds: Series;
  } | null;
  /** Requests that DynamoDB has throttled, by the table's name. */
  readonly tables: ReadonlyMap<string, Series>;
}

export interface TableFacts {
  readonly plan: TablePlan;
  readonly state: TableState | undefined;
  readonly backups: readonly BackupPoint[];
  /** The restore that it is of; null where nothing was restored. */
  readonly restored: RestoreFacts | null;
}

/** A table that stands for another one, which is kept aside. */
export interface RestoreFacts extends RestoredTable {
  /** When the service was switched to it, ISO 8601, and by which operation of the history. */
  readonly at: string;
  readonly operation: number;
}

/** What is live by the word of whoever brought it there. */
export interface ReleaseFacts {
  readonly live: Release | null;
  /** The versions that are the live release's, by the function's name in AWS. */
  readonly versions: Readonly<Record<string, string>>;
  readonly standing: Standing["is"];
  /** What was done last, looking not counted. */
  readonly last: Operation | null;
  /** What is being done, or was cut off. */
  readonly unfinished: Operation | null;
  /** Whether its command may still be running. */
  readonly isHeld: boolean;
}

/** All that is known of an environment at one moment. */
export interface EnvironmentFacts {
  /** That of the live release; where there is none, that of service.ts. */
  readonly plan: ServicePlan;
  readonly at: Date;
  readonly window: TimeWindow;
  readonly release: ReleaseFacts;
  readonly functions: Asked<readonly FunctionFacts[]>;
  readonly figures: Asked<Figures>;
  readonly alarms: Asked<readonly AlarmState[]>;
  /** Undefined where it is not there; null where the plan has none, or nobody could have it: emulators. */
  readonly serviceAlarm: Asked<CompositeAlarmState | undefined> | null;
  readonly tables: Asked<readonly TableFacts[]>;
  /** What Terraform would change; undefined where it was not asked. */
  readonly drift: readonly Change[] | undefined;
}
