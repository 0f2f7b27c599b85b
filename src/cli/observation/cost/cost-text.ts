import { type Estimate, factsOf, type Part, parts, Rational } from "../../../evaluate/index.ts";
import { fold } from "../../layout/fold.ts";
import { type Basis, dollars, grouped, pricesText } from "./cost-basis.ts";
import type { Comparison } from "./cost-comparison.ts";
import { costLines, type Look, type Row } from "./cost-rows.ts";

export const partNames: Readonly<Record<Part, string>> = {
  lambda: "Lambda",
  api: "API",
  dynamodb: "DynamoDB",
  logs: "Logs",
  traces: "X-Ray",
};

/** What is shown below every answer. */
export interface Below {
  readonly basis: readonly Basis[];
  readonly leftOut: readonly string[];
  readonly sources: readonly string[];
}

/** A month of a service: by route, without any request, and together. */
export function costText(cost: Estimate, below: Below, look: Look): string {
  const { columns } = look;
  const { service, environment, requests, routes, fixed, routesUsd, fixedUsd, usd } = cost;
  return [
    ...fold(
      `${service} in ${environment}: a month with ${grouped(requests)} requests, in USD`,
      columns,
    ),
    "",
    ...costLines([...parts.map((part) => partNames[part]), "Sum"], routeRows(cost), look),
    "",
    ...fold("Whether anybody asks or not", columns),
    ...costLines(
      [""],
      fixed.map(({ meter, amount, usd: own }) => ({
        name: `  ${amountText(amount)} ${factsOf(meter).what}`,
        cells: [dollars(own)],
      })),
      look,
    ),
    "",
    ...costLines(
      [""],
      [
        {
          name: `Requests to ${routes.length === 1 ? "1 route" : `${routes.length} routes`}`,
          cells: [dollars(routesUsd)],
        },
        { name: "Whether anybody asks or not", cells: [dollars(fixedUsd)] },
        { name: "Together", cells: [dollars(usd)] },
        ...perMillionRow(cost),
      ],
      look,
    ),
    "",
    ...belowLines(cost, below, look),
  ].join("\n");
}

function routeRows({ routes }: Estimate): Row[] {
  const rows = routes.map(({ route, parts: own, usd }) => ({
    name: route,
    cells: [...parts.map((part) => dollars(own[part])), dollars(usd)],
  }));
  const sums = parts.map((part) => Rational.sum(routes.map((one) => one.parts[part])));
  return [
    ...rows,
    { name: "Together", cells: [...sums.map(dollars), dollars(Rational.sum(sums))] },
  ];
}

/** `0.11` or `1,234`: amounts below a hundred have two decimals where they are not whole. */
function amountText(amount: Rational): string {
  return amount.ceiling().compare(amount) === 0 ? grouped(amount) : dollars(amount);
}

/** What a million requests come to, with their part of what is there without them. */
export function perMillion({ usd, requests }: Estimate): Rational | null {
  return requests.isZero ? null : usd.times(Rational.of(1_000_000)).dividedBy(requests);
}

function perMillionRow(cost: Estimate): Row[] {
  const usd = perMillion(cost);
  return usd === null ? [] : [{ name: "For a million requests", cells: [dollars(usd)] }];
}

/** What several answers to the same question are, beside each other. */
export function comparisonText(comparison: Comparison, below: Below, look: Look): string {
  const { columns } = look;
  const [first] = comparison.costs;
  const { service, environment, requests } = first.cost;
  return [
    ...fold(
      `${service} in ${environment}: a month with ${grouped(requests)} requests, in USD`,
      columns,
    ),
    "",
    ...costLines(comparison.heads, comparison.rows, look),
    "",
    ...comparison.notes.flatMap((note) => fold(note, columns)),
    ...(comparison.notes.length === 0 ? [] : [""]),
    ...belowLines(first.cost, below, look),
  ].join("\n");
}

function belowLines(
  { region }: Estimate,
  { basis, leftOut, sources }: Below,
  { columns, style }: Look,
): string[] {
  const item = (mark: string, text: string) => fold(`${mark}${text}`, columns, 2).map(style.dim);
  return [
    "Counted on",
    ...basis.flatMap(({ from, what }) => item(`${from}: `, what)),
    "",
    "Not counted",
    ...leftOut.flatMap((what) => item("- ", what)),
    "",
    ...fold(pricesText(region), columns),
    ...sources.flatMap((source) => item("", source)),
  ];
}
