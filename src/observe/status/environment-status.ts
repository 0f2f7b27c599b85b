import type { AlarmState } from "../../aws/index.ts";
import type { AlarmPlan, EnvironmentName } from "../../plan/index.ts";
import type { Standing } from "../../release/index.ts";
import type { Unread } from "../asked.ts";
import type { Series } from "../figures/series.ts";
import type { RestoreFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";

/**
 * An environment as `status` answers with `--json`. A figure is null where nothing was reported: that is not 0. Times
 * are ISO 8601, in UTC.
 */
export interface EnvironmentStatus {
  readonly environment: EnvironmentName;
  readonly accountId: string;
  readonly region: string;
  readonly at: string;
  /** `unknown` where something could not be read, and nothing is known to be wrong. */
  readonly state: "healthy" | "wrong" | "unknown";
  readonly window: { readonly from: string; readonly to: string; readonly periodSeconds: number };
  readonly release: {
    readonly id: string;
    readonly builtAt: string;
    readonly commit: string | null;
    readonly standing: Standing["is"];
  } | null;
  readonly lastOperation: {
    readonly number: number;
    readonly action: string;
    readonly release: string | null;
    readonly at: string;
    readonly by: string;
    readonly host: string;
    readonly user: string;
    readonly run: string | null;
    /** Null while it is under way, or where it was cut off. */
    readonly outcome: string | null;
  } | null;
  readonly functions: readonly FunctionStatus[];
  readonly api: {
    readonly requests: number | null;
    readonly serverErrors: number | null;
    readonly p99Milliseconds: number | null;
  } | null;
  /** The alarm over those that wake somebody; null where there can be none, or it could not be read. */
  readonly serviceAlarm: {
    readonly name: string;
    readonly state: AlarmState["state"] | "missing";
    readonly since: string | null;
  } | null;
  readonly alarms: readonly {
    readonly name: string;
    /** `missing` where there is no such alarm. */
    readonly state: AlarmState["state"] | "missing";
    readonly since: string | null;
    readonly severity: AlarmPlan["severity"];
  }[];
  readonly tables: readonly {
    readonly name: string;
    readonly throttledRequests: number | null;
    readonly backup: {
      readonly kind: string;
      readonly at: string;
      readonly ageMinutes: number;
    } | null;
    readonly rpoMinutes: number;
    readonly isProtected: boolean | null;
    /** Where a restore has put it in the place of another one, which is kept aside: what, when and from where. */
    readonly restored: RestoreFacts | null;
  }[];
  /** What is wrong; empty where nothing is. */
  readonly findings: readonly Finding[];
  /** What could not be read, and why. */
  readonly unread: readonly (Unread & { readonly part: string })[];
}

export interface FunctionStatus {
  readonly key: string;
  readonly name: string;
  readonly version: string | null;
  readonly canary: { readonly version: string; readonly percent: number } | null;
  readonly invocations: number | null;
  readonly errors: number | null;
  /** Of the invocations; null where there were none. */
  readonly errorPercent: number | null;
  /** Of the slowest period. */
  readonly p50Milliseconds: number | null;
  /** Of the slowest period. */
  readonly p99Milliseconds: number | null;
  readonly throttles: number | null;
  readonly coldStarts: number | null;
  /** How many ran at the same time at most. */
  readonly concurrency: number | null;
  readonly series: {
    readonly invocations: Series;
    readonly errors: Series;
    readonly p99Milliseconds: Series;
  };
}
