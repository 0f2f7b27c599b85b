import type { EnvironmentName } from "../plan/index.ts";
import type { History } from "./history/history.ts";
import type { Origin, Place } from "./origin.ts";
import type { Releases } from "./releases.ts";
import type { TableNames } from "./table-names.ts";
import type { TableRecords } from "./table-records.ts";
import type { Traffic } from "./traffic/traffic.ts";
import type { Signals } from "./traffic/watch.ts";

/** What an account knows of the releases of a service. */
export interface ReleaseAccount {
  readonly environment: EnvironmentName;
  readonly releases: Releases;
  readonly history: History;
}

/** An environment that releases go to, with whoever brings them. */
export interface ReleaseEnvironment extends ReleaseAccount {
  readonly traffic: Traffic;
  readonly signals: Signals;
  /** Which tables the service has here. */
  readonly tables: TableNames;
  /** What these tables were like. */
  readonly tableRecords: TableRecords;
  readonly by: string;
  readonly place: Place;
}

/** Whoever acts in an environment now. */
export function originOf({ by, place }: ReleaseEnvironment): Origin {
  return { at: new Date().toISOString(), by, from: place };
}

/** What Terraform does for a release. */
export interface ReleaseStack {
  /** Of the modules that it is made of. */
  readonly sha256: string;
  readonly apply: () => Promise<void>;
  /** The version that each function has now, by its name. */
  readonly versions: () => Promise<Readonly<Record<string, string>>>;
  /** Where the API answers; null where there is none. */
  readonly url: () => Promise<string | null>;
}
