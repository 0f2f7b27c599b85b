import { setTimeout } from "node:timers/promises";
import { LambdakitError } from "../errors/index.ts";

/** How somebody waits for AWS, who may be told to stop. */
export interface Patience {
  readonly interrupted?: AbortSignal | undefined;
  /** @param milliseconds @default by the clock */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Hears every half a minute what is waited for, and for how long. */
  readonly onWait?: (what: string, seconds: number) => void;
}

const firstPause = 1_000;
const longestPause = 15_000;
const tellEvery = 30;

/**
 * Looks again and again, less and less often, until there is an answer.
 *
 * @param look gives nothing as long as there is none
 * @throws {LambdakitError} DEPLOY_INTERRUPTED, or what `look` throws
 */
export async function waitFor<Answer>(
  what: string,
  { interrupted, pause = setTimeout, onWait = () => {} }: Patience,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  let milliseconds = firstPause;
  let waited = 0;
  let told = 0;
  for (;;) {
    requireGoOn(interrupted);
    const answer = await look();
    if (answer !== undefined) return answer;
    await pause(milliseconds);
    waited += milliseconds / 1_000;
    if (waited - told >= tellEvery) {
      told = waited;
      onWait(what, Math.round(waited));
    }
    milliseconds = Math.min(milliseconds * 1.5, longestPause);
  }
}

/** @throws {LambdakitError} DEPLOY_INTERRUPTED */
export function requireGoOn(interrupted: AbortSignal | undefined): void {
  if (!interrupted?.aborted) return;
  throw new LambdakitError("DEPLOY_INTERRUPTED", {
    message: "You have interrupted it. What was begun in AWS goes on there.",
    fix: "run the command again: it carries on with the rest",
  });
}
