import { setTimeout } from "node:timers/promises";
import type { CanaryStep } from "./canary.ts";
import { type Move, moveTogether, type Traffic } from "./traffic.ts";

export interface ShiftOptions {
  readonly traffic: Traffic;
  readonly moves: readonly Move[];
  readonly steps: readonly CanaryStep[];
  /** Says why the new versions should get no more; nothing where all is well. */
  readonly findFault: () => Promise<string | undefined>;
  /** Before each step: that it is still for this command to move anything. */
  readonly requireOwn: () => Promise<void>;
  /** After each step. */
  readonly onShare: (percent: number, seconds: number) => Promise<void>;
  readonly interrupted?: AbortSignal | undefined;
}

/** Often enough to go back soon, and far from CloudWatch's limits. */
const longestPauseSeconds = 10;

/**
 * Gives the new versions of all functions more and more of the traffic, and all of it at last. Goes back
 * where something is wrong, or somebody says stop.
 *
 * @returns why it went back; nothing where the new versions have it all
 */
export async function shiftTraffic(options: ShiftOptions): Promise<string | undefined> {
  const { traffic, moves, steps, requireOwn, onShare } = options;
  const back = ({ from }: Move) => ({ version: from, canary: null });
  for (const { percent, seconds } of steps) {
    await requireOwn();
    const share = percent / 100;
    await moveTogether(
      traffic,
      moves,
      ({ from, to }) => ({ version: from, canary: { version: to, share } }),
      back,
    );
    await onShare(percent, seconds);
    const fault = await watch(options, seconds).catch((error: Error) => {
      return `it could not be watched: ${error.message}`;
    });
    if (fault === undefined) continue;
    await moveTogether(traffic, moves, back, back);
    return fault;
  }
  await requireOwn();
  await moveTogether(traffic, moves, ({ to }) => ({ version: to, canary: null }), back);
  await onShare(100, 0);
  return undefined;
}

async function watch(
  { findFault, interrupted }: ShiftOptions,
  seconds: number,
): Promise<string | undefined> {
  const end = Date.now() + seconds * 1_000;
  const pauseSeconds = Math.min(longestPauseSeconds, Math.max(0.1, seconds / 30));
  for (;;) {
    const fault = await findFault();
    if (fault !== undefined) return fault;
    if (interrupted?.aborted) return "it was interrupted";
    const left = end - Date.now();
    if (left <= 0) return undefined;
    const pause = Math.min(left, pauseSeconds * 1_000);
    await setTimeout(pause, undefined, { signal: interrupted }).catch(() => {});
  }
}
