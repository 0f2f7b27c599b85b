import type { Verification } from "../../verify/index.ts";
import type { Origin } from "../origin.ts";
import type { RestoreSteps } from "./restore-steps.ts";

export type Action =
  | "deploy"
  | "merge"
  | "promote"
  | "restore"
  | "rollback"
  | "verify"
  | "destroy"
  | "standby"
  | "failover"
  | "failback"
  | "rebuild";

/** What somebody began to do in an environment. */
export interface Started extends Origin {
  readonly action: Action;
  /** The id of the release that is to be live afterwards, is looked at, or goes; null where there is none. */
  readonly release: string | null;
  /** The release that was live before; null where none was. */
  readonly previous: string | null;
  /** Where the alias of each function led before, by the function's name in AWS. */
  readonly before: Readonly<Record<string, string>>;
  /** Of the changes as they were shown; null where Terraform is not run. */
  readonly planDigest: string | null;
  readonly confirmation: string | null;
  readonly reason: string | null;
  /** The number of what was cut off and is carried on with. */
  readonly continues: number | null;
}

/** That everything is as the release wants it, apart from the traffic. */
export interface Applied {
  readonly at: string;
  /** By the function's name in AWS: the version that is the release's. */
  readonly versions: Readonly<Record<string, string>>;
  /** Where the API answers; null where there is none. */
  readonly url: string | null;
}

/** That the new versions have a share of the traffic. */
export interface Share {
  readonly at: string;
  readonly percent: number;
  /** When its command means to be done with this step. */
  readonly until: string;
}

/** What `verify` saw. */
export interface Verified {
  readonly at: string;
  /** By the function's name in AWS: SHA-256 of what answered. */
  readonly digests: Readonly<Record<string, string>>;
  readonly verification: Verification;
}

/** That callers are led to another region from now on, and from when on the last of them is there. */
export interface Moved {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** The id of the health check that decides about it. */
  readonly healthCheck: string;
  readonly arrivesAt: string;
  /** What was known of the data that might not be there yet: sentences, none where all was. */
  readonly losses: readonly string[];
}

export interface Ended {
  readonly at: string;
  /**
   * `abandoned` is what somebody says of an operation whose command is gone. `moved`: callers are in another region.
   * `not-moved`: they would have been served there, and no name is ours to lead them.
   */
  readonly outcome:
    | "live"
    | "rolled-back"
    | "failed"
    | "verified"
    | "merged"
    | "destroyed"
    | "abandoned"
    | "moved"
    | "not-moved";
  readonly why: string | null;
  readonly seconds: number;
}

/** One thing that was done in an environment, as far as it came. */
export interface Operation {
  readonly number: number;
  readonly started: Started;
  readonly applied: Applied | null;
  /** What the new versions were given of the traffic, in order. */
  readonly shares: readonly Share[];
  /** Of a restore: what this command did of it; null of all others. One that was carried on with: `restoreOf`. */
  readonly restore: RestoreSteps | null;
  /** Of a failover or a failback, once the name leads elsewhere; null before, and of all others. */
  readonly moved: Moved | null;
  readonly verified: Verified | null;
  readonly ended: Ended | null;
}
