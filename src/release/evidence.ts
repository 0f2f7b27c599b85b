/** What was seen of a service where it answers, in the form that `verify` gives it. */
export interface Verification {
  readonly url: string;
  readonly passed: boolean;
  readonly checks: readonly {
    readonly id: string;
    readonly what: string;
    readonly passed: boolean;
    readonly detail: string | null;
  }[];
}
