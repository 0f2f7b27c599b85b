import type { PolicyDocument, TrustPolicy } from "../evaluate/index.ts";
import type { Unread } from "./unread.ts";

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What AWS says of an environment's account, as far as it is about the service. What is null is not there. */
export interface WholeAccount extends Place, AccountParts {}

/** The same, with the reason instead of each part that AWS did not let anybody look at. */
export type AccountFacts = Place & {
  readonly [Part in keyof AccountParts]: AccountParts[Part] | Unread;
};

export interface AccountParts {
  readonly tables: readonly AccountTable[];
  readonly functions: readonly AccountFunction[];
  readonly logGroups: readonly AccountLogGroup[];
  readonly buckets: readonly AccountBucket[];
  readonly roles: readonly AccountRole[];
  readonly drills: AccountDrills;
  /** Keys of users of IAM, which never end. */
  readonly accessKeys: readonly AccessKey[];
}

export interface AccountTable {
  readonly name: string;
  readonly arn: string;
  readonly isProtected: boolean;
  /** With a key whose use can be seen and ended: AWS's for DynamoDB, or an own one. */
  readonly hasKey: boolean;
  readonly hasPointInTimeRecovery: boolean;
  /** The newest moment that it can be restored to, ISO 8601; null where there is none. */
  readonly restorableTo: string | null;
}

export interface AccountFunction {
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Names only: values may be nobody's business. */
  readonly variables: readonly string[];
}

export interface AccountLogGroup {
  readonly name: string;
  readonly arn: string;
  /** Null where lines are kept for ever. */
  readonly retentionDays: number | null;
}

export interface AccountBucket {
  readonly name: string;
  readonly purpose: "state" | "artifacts";
  readonly hasVersions: boolean;
  readonly isEncrypted: boolean;
  /** Whether all four ways to be public are closed. */
  readonly blocksPublicAccess: boolean;
}

export interface AccountRole {
  readonly name: string;
  readonly arn: string;
  readonly trust: TrustPolicy;
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  readonly hasBoundary: boolean;
}

export interface AccountDrills {
  /** When the last drill began that recovered what it had lost, ISO 8601; null where none has. */
  readonly lastRecovered: string | null;
}

export interface AccessKey {
  readonly user: string;
  /** Its first characters only. */
  readonly key: string;
  /** ISO 8601 */
  readonly created: string;
}
