import { setTimeout } from "node:timers/promises";
import { LambdakitError } from "../../errors/index.ts";
import type { World } from "../command.ts";
import { createStyle } from "../style.ts";

/** Whoever waits for minutes is told every so many seconds that it goes on. */
const tellEverySeconds = 15;

/**
 * Waits for resolvers, and says how long that still takes.
 *
 * @throws {LambdakitError} RECOVERY_INTERRUPTED
 */
export async function waitUntil(until: Date, { terminal, interrupted }: World): Promise<void> {
  const style = createStyle(terminal.color);
  for (let left = secondsTo(until); left > 0; left = secondsTo(until)) {
    terminal.err(style.dim(`${Math.ceil(left)} s until resolvers have the new answer`));
    const pause = Math.min(left, tellEverySeconds) * 1_000;
    await setTimeout(pause, undefined, { signal: interrupted }).catch(() => undefined);
    if (!interrupted.aborted) continue;
    throw new LambdakitError("RECOVERY_INTERRUPTED", {
      message: "You have interrupted it. The name leads to the other region already.",
      fix: "run the command again: it waits for the rest, and verifies what answers",
    });
  }
}

function secondsTo(until: Date): number {
  return (until.getTime() - Date.now()) / 1_000;
}
