import type { ServicePlan } from "../plan/index.ts";
import type { DrillRecords, DrillStarted } from "./drill-records.ts";
import type { Heartbeats } from "./heartbeat.ts";
import type { Harm } from "./scenario.ts";
import type { Timeline } from "./timeline.ts";

/** How a command of lambdakit ended that a drill has run. */
export interface CommandRun {
  readonly exitCode: number;
  /** What it has answered with `--json`; null where that was no JSON. */
  readonly answer: unknown;
}

/** An account that can be lost as a whole. */
export interface AccountLoss {
  /** @throws {LambdakitError} DRILL_REFUSED where it has something that would stay behind */
  readonly requireKnown: () => Promise<void>;
  /** Copies the records of drills to where they are not lost with the rest. */
  readonly keepRecords: () => Promise<void>;
  /** Again after it was cut off, it goes on. */
  readonly lose: () => Promise<void>;
  /** Writes the records into the bucket that is there again. */
  readonly returnRecords: () => Promise<void>;
}

/** A region that nobody gets anywhere in, as long as a drill wants that. */
export interface RegionLoss {
  readonly lose: () => Promise<void>;
  readonly regain: () => Promise<void>;
}

/** What a drill has around it: replaced in tests. */
export interface DrillPorts {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly interrupted: AbortSignal;
  readonly records: DrillRecords;
  readonly heartbeats: Pick<Heartbeats, "write" | "corrupt" | "whole" | "remove">;
  /** The table that the functions use now: a restore may have led them to another one. */
  readonly tableNow: () => Promise<string>;
  readonly hasBackup: (table: string) => Promise<boolean>;
  /** The newest time that a table can be restored to, in milliseconds since 1970; null where there is none. */
  readonly restorableUntil: (table: string) => Promise<number | null>;
  readonly deleteTable: (table: string) => Promise<void>;
  readonly breakFunction: Harm["breakFunction"];
  /** Null in AWS, where no account is emptied. */
  readonly account: AccountLoss | null;
  /** The environment's region, where a drill can lose it; null elsewhere. */
  readonly region: RegionLoss | null;
  /** Takes back what the drill has done that no command of recovery is for. */
  readonly tidyUp: () => Promise<void>;
  /** Whether all of the API is as it has to be. */
  readonly isServed: () => Promise<boolean>;
  /** Whether a command has left the environment between two states. */
  readonly isUnfinished: () => Promise<boolean>;
  /** Runs a command as a process of its own, with who agrees to it and where. */
  readonly command: (args: readonly string[]) => Promise<CommandRun>;
  readonly onEvent: (what: string) => void;
}

export interface DrillSetting {
  readonly plan: Pick<ServicePlan, "service" | "environment" | "recovery" | "tables">;
  readonly started: DrillStarted;
  /** What stands in for AWS, as a part of a sentence; null where nothing does. */
  readonly stoodIn: string | null;
}

/** A drill between its loss and its report. */
export interface Underway extends DrillSetting {
  readonly number: number;
  readonly failedAt: number;
  /** How many heartbeats were acknowledged. */
  readonly sent: number;
  readonly timeline: Timeline;
  readonly manualSteps: number;
}
