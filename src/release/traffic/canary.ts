import { LambdakitError } from "../../errors/index.ts";

/** One step of a canary: that share of the requests, for that long. */
export interface CanaryStep {
  readonly percent: number;
  readonly seconds: number;
}

/** All requests at once. */
export const allAtOnce: readonly CanaryStep[] = [];

/** A workflow's credentials end after an hour, and without any nobody could go back. */
const longestMinutes = 45;

const units = { s: 1, m: 60, h: 3_600 } as const;

/**
 * Reads `10%:5m`, or several such steps with commas between them. After the last comes everything.
 *
 * @throws {LambdakitError} RELEASE_CANARY_INVALID
 */
export function parseCanary(text: string): readonly CanaryStep[] {
  const steps = text.split(",").map((step): CanaryStep => {
    const [, percent, time, unit] = /^\s*(\d+(?:\.\d)?)%:(\d+)([smh])\s*$/.exec(step) ?? [];
    if (percent === undefined) {
      throw invalid(text, `"${step.trim()}" is no step: 10%:5m is ten percent for five minutes`);
    }
    return { percent: Number(percent), seconds: Number(time) * units[unit as keyof typeof units] };
  });
  for (const [index, { percent }] of steps.entries()) {
    if (percent <= 0 || percent >= 100) {
      throw invalid(
        text,
        `${percent}% is not between 0 and 100; all requests come after the last step`,
      );
    }
    if (percent <= (steps[index - 1]?.percent ?? 0)) {
      throw invalid(text, `${percent}% is not more than the step before it`);
    }
  }
  const minutes = steps.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  if (minutes > longestMinutes) {
    throw invalid(
      text,
      `it takes ${Math.ceil(minutes)} minutes, and ${longestMinutes} are the most: credentials of a workflow end after an hour`,
    );
  }
  return steps;
}

export function canaryText(steps: readonly CanaryStep[]): string {
  if (steps.length === 0) return "all at once";
  return steps.map(({ percent, seconds }) => `${percent}% for ${durationText(seconds)}`).join(", ");
}

function durationText(seconds: number): string {
  return seconds % 60 === 0 && seconds > 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function invalid(text: string, why: string): LambdakitError {
  return new LambdakitError("RELEASE_CANARY_INVALID", {
    message: `--canary ${text}: ${why}.`,
    fix: "--canary 10%:5m, or --canary 10%:5m,50%:10m",
  });
}
