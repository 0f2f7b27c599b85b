/** What may be wrong with an environment. */
export type FindingId =
  | "not-deployed"
  | "release-unfinished"
  | "release-failed"
  | "function-missing"
  | "alias-moved"
  | "canary-left"
  | "code-differs"
  | "configuration-differs"
  | "errors-high"
  | "throttled"
  | "alarm-firing"
  | "alarm-missing"
  | "alarm-differs"
  | "alarm-muted"
  | "table-missing"
  | "table-differs"
  | "table-unprotected"
  | "table-throttled"
  | "backup-none"
  | "backup-too-old"
  | "stack-differs";

/** Something that is wrong, and what to type next. */
export interface Finding {
  readonly id: FindingId;
  /** What it is about: a function, an alarm, a table, a resource. */
  readonly subject: string;
  readonly message: string;
  readonly next: string;
}
