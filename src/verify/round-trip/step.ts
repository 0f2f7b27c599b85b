import { routeName } from "../../names.ts";
import type { RoutePlan } from "../../plan/index.ts";
import { NoAnswer } from "../http/answer.ts";
import type { Check } from "../types.ts";

/** The steps of a round trip, as they become checks. */
export class Steps {
  readonly checks: Check[] = [];
  readonly #collection: string;
  readonly #onCheck: (check: Check) => void;

  constructor(collection: string, onCheck: (check: Check) => void) {
    this.#collection = collection;
    this.#onCheck = onCheck;
  }

  /**
   * Does one step.
   * @param look gives what is wrong; no answer is wrong, too
   */
  async take(
    slug: string,
    what: string,
    route: RoutePlan,
    look: () => Promise<readonly string[]>,
  ): Promise<void> {
    const startedAt = performance.now();
    const faults = await look().catch((error: unknown) => {
      if (error instanceof NoAnswer) return [error.message];
      throw error;
    });
    const check: Check = {
      id: `round-trip ${this.#collection} ${slug}`,
      what: `round trip: ${what}`,
      route: routeName(route),
      passed: faults.length === 0,
      detail: faults.length === 0 ? null : faults.join("; "),
      milliseconds: Math.round(performance.now() - startedAt),
    };
    this.checks.push(check);
    this.#onCheck(check);
  }
}
