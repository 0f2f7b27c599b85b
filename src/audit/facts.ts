import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import type { AccountFacts } from "./account-facts.ts";
import type { GitHubFacts } from "./github-facts.ts";
import type { Unread } from "./unread.ts";

/** The service that is audited. */
export interface Subject {
  readonly service: string;
  /** Its folder, from the root of the repository; `.` where it is the root. */
  readonly folder: string;
  /** Where `package-lock.json` lies, from the root. */
  readonly installation: string;
  /** Of all its environments. */
  readonly plans: readonly ServicePlan[];
  /** ISO 8601: what ends, ends by then. */
  readonly now: string;
}

export interface TextFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What lies in the repository as it is now: what git tracks, or would. */
export interface FileFacts {
  readonly paths: readonly string[];
  /** Those that are text, and not too large to be read. */
  readonly files: readonly TextFile[];
  /** What `lambdakit generate` would write otherwise. */
  readonly stale: readonly { readonly path: string; readonly differences: readonly string[] }[];
}

/** A secret in a version of a file that is no longer there. */
export interface HistoryLeak {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface HistoryFacts {
  readonly leaks: readonly HistoryLeak[];
  /** How many versions of files were read. */
  readonly versions: number;
}

/** A known vulnerability of a package that is installed, as `npm audit` tells it. */
export interface Advisory {
  readonly package: string;
  readonly severity: "critical" | "high" | "moderate" | "low" | "info";
  readonly title: string;
  readonly url: string;
  readonly range: string;
  /** Whether `npm audit fix` ends it without another major version. */
  readonly fixable: boolean;
}

export interface AdvisoryFacts {
  readonly advisories: readonly Advisory[];
}

/** Everything that rules look at. */
export interface AuditFacts {
  readonly subject: Subject;
  readonly files: FileFacts;
  readonly history: HistoryFacts | Unread;
  readonly advisories: AdvisoryFacts | Unread;
  readonly gitHub: GitHubFacts | Unread;
  readonly accounts: readonly {
    readonly environment: EnvironmentName;
    readonly account: AccountFacts | Unread;
  }[];
}
