import type { ServicePlan } from "../plan/index.ts";

/** One thing that was looked at. */
export interface Check {
  /** The same in every run, such as `POST /v1.0/products body.price.pattern`. */
  readonly id: string;
  /** What is expected, such as `refuses a body without name, with 400`. */
  readonly what: string;
  /** Such as `POST /v1.0/products`; null for what is no route's own. */
  readonly route: string | null;
  readonly passed: boolean;
  /** Why not, with what came instead. */
  readonly detail: string | null;
  /** How long its answers took; 0 where it looks at the answers that other checks have got. */
  readonly milliseconds: number;
}

/** What was found at a URL. */
export interface Verification {
  readonly url: string;
  readonly passed: boolean;
  /** In the order of the plan's routes, whatever was answered first. */
  readonly checks: readonly Check[];
}

export interface VerifyOptions {
  readonly plan: ServicePlan;
  /** Where the API answers, up to the stage, without a slash at the end. */
  readonly url: string;
  /** Create, change and delete an item. Without it, nothing is sent that would change anything. */
  readonly roundTrip: boolean;
  /**
   * A token with every scope that the routes ask for. Without one, routes that ask for a token are only asked
   * whether they refuse what has none, and no round trip is made over them.
   */
  readonly token?: string | undefined;
  /** Ends it early; what the round trip has made is deleted all the same. */
  readonly interrupted?: AbortSignal;
  readonly onCheck: (check: Check) => void;
  /** How long to wait for the first answer of an API that was just made. @default 0: it is asked once */
  readonly patienceSeconds?: number;
  /** How long an answer may take. @default 30: API Gateway gives up after 29 */
  readonly answerSeconds?: number;
}
