import { type Estimate, Rational } from "../../../evaluate/index.ts";
import { dollars } from "./cost-basis.ts";
import type { Row } from "./cost-rows.ts";

/** A cost, and what it is the cost of, such as `before`. */
export interface NamedCost {
  readonly label: string;
  readonly cost: Estimate;
}

/** Costs beside each other, the first being what the others are held against. */
export interface Comparison {
  readonly costs: readonly [NamedCost, ...NamedCost[]];
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  /** What has to be said of it. */
  readonly notes: readonly string[];
}

/** A row for each route that any of them has; where there are two, with the difference. */
export function compareCosts(
  costs: readonly [NamedCost, ...NamedCost[]],
  notes: readonly string[] = [],
): Comparison {
  const names = new Set(costs.flatMap(({ cost }) => cost.routes.map(({ route }) => route)));
  const differs = costs.length === 2;
  const row = (name: string, of: (cost: Estimate) => Rational | undefined): Row => {
    const values = costs.map(({ cost }) => of(cost));
    const [before = Rational.zero, after = Rational.zero] = values;
    return {
      name,
      cells: [
        ...values.map((value) => (value === undefined ? "-" : dollars(value))),
        ...(differs ? [signed(after.minus(before))] : []),
      ],
    };
  };
  return {
    costs,
    heads: [...costs.map(({ label }) => label), ...(differs ? ["difference"] : [])],
    rows: [
      ...[...names].map((name) =>
        row(name, ({ routes }) => routes.find(({ route }) => route === name)?.usd),
      ),
      row("Whether anybody asks or not", ({ fixedUsd }) => fixedUsd),
      row("Together", ({ usd }) => usd),
    ],
    notes,
  };
}

/** `+1.20`, `-0.03`, `0.00`: more has a sign, too. */
function signed(difference: Rational): string {
  const text = dollars(difference);
  if (difference.compare(Rational.zero) > 0) return `+${text}`;
  return text === "<0.01" ? "-<0.01" : text;
}
