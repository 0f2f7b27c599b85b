import type { Check } from "../types.ts";
import { ItemLife, type LifeOptions } from "./item-life.ts";
import { Steps } from "./step.ts";

export interface RoundTripOptions extends LifeOptions {
  readonly onCheck: (check: Check) => void;
}

/** What became of a round trip. */
export interface TripEnd {
  readonly checks: readonly Check[];
  /** What is left behind; null where nothing is. */
  readonly left: string | null;
}

/**
 * Makes an item, reads, changes and deletes it. A step without the answer that it should have ends the
 * trip; whatever happens, the item is deleted. Requests are never cut off by Ctrl-C: of a POST that was,
 * nobody would know what it has made.
 */
export async function runRoundTrip(options: RoundTripOptions): Promise<TripEnd> {
  const { trip, onCheck } = options;
  const steps = new Steps(trip.collection, onCheck);
  const life = new ItemLife(options);
  let left: string | null = null;
  try {
    for (const [slug, what, route, look] of life.way()) {
      if (life.isLost || options.interrupted?.aborted) break;
      await steps.take(slug, what, route, look);
    }
  } finally {
    await steps.take("clean-up", "leaves nothing behind", trip.remove, async () => {
      left = await life.cleanUp();
      return left === null ? [] : [left];
    });
  }
  return { checks: steps.checks, left };
}
