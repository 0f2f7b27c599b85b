import { LambdakitError } from "../../../errors/index.ts";
import {
  type Figures,
  type Rational,
  resizeDurations,
  resizePlan,
  withRoutes,
} from "../../../evaluate/index.ts";
import { lambdaLimits } from "../../../manifest/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import { duration, memory, readAmount } from "./amounts.ts";
import { answering, requireName } from "./given-figures.ts";

/** Functions of other sizes, and how long they take then. */
export interface OtherSizes {
  /** By the function's key. */
  readonly memoryMb: ReadonlyMap<string, number>;
  /** Milliseconds, of those where somebody has measured it. */
  readonly durations: ReadonlyMap<string, Rational>;
}

/**
 * Reads `list=512,get=1024@12ms`.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function readSizes(text: string, plan: ServicePlan): OtherSizes {
  const memoryMb = new Map<string, number>();
  const durations = new Map<string, Rational>();
  const { min, max } = lambdaLimits.memoryMb;
  for (const entry of text.split(",")) {
    const [, name = "", megabytes = "", , time] =
      /^([^=@]*)=([^@]*)(@(.*))?$/.exec(entry.trim()) ?? [];
    const mb = readAmount("--memory", megabytes, memory).toNumber();
    if (mb < min || mb > max) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `--memory gives ${name} ${mb} MB, and Lambda has ${min} to ${max}.`,
        fix: `write --memory ${name}=${Math.min(max, Math.max(min, mb))}`,
        at: "--memory",
      });
    }
    requireName("--memory", name, answering(plan));
    memoryMb.set(name, mb);
    if (time !== undefined) durations.set(name, readAmount("--memory", time, duration));
  }
  return { memoryMb, durations };
}

/** What becomes of a service with other sizes. */
export interface Outcome {
  readonly label: string;
  readonly plan: ServicePlan;
  readonly figures: Figures;
}

/**
 * One outcome where all durations are known, and else two: that each function whose duration is not known only computes, and
 * that it only waits. The truth is between them.
 */
export function outcomesOf(
  plan: ServicePlan,
  figures: Figures,
  { memoryMb, durations }: OtherSizes,
): readonly Outcome[] {
  const resized = resizePlan(plan, memoryMb);
  const known = (taken: Figures) =>
    withRoutes(resized, taken, (one, key) => ({
      ...one,
      durationMs: durations.get(key) ?? one.durationMs,
    }));
  const waits = { label: "waits", plan: resized, figures: known(figures) };
  if ([...memoryMb.keys()].every((key) => durations.has(key))) return [{ ...waits, label: "then" }];
  const faster = known(resizeDurations(plan, resized, figures));
  return [{ label: "computes", plan: resized, figures: faster }, waits];
}
