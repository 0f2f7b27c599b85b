import type { Figure } from "./metric-maths.ts";
import { percentile } from "./summary.ts";

/**
 * What CloudWatch makes of the values of a period. A percentile is one of the values; CloudWatch
 * interpolates between two.
 *
 * @throws {Error} where it is none of those that our alarms ask for
 */
export function statistic(name: string, values: readonly number[]): Figure {
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(name) ?? [];
  if (values.length === 0) return undefined;
  if (percent !== undefined) return percentile([...values].sort(ascending), Number(percent) / 100);
  const sum = values.reduce((total, value) => total + value, 0);
  if (name === "Sum") return sum;
  if (name === "Average") return sum / values.length;
  throw new Error(`The statistic ${name} is not evaluated here.`);
}

function ascending(a: number, b: number): number {
  return a - b;
}
