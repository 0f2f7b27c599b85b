import { type Estimate, parts } from "../../../evaluate/index.ts";
import { dollars, grouped, pricesText } from "./cost-basis.ts";
import type { Comparison } from "./cost-comparison.ts";
import { type Below, partNames, perMillion } from "./cost-text.ts";

/** The same for a pull request: what changes first, and what it rests on where it does not push the rest away. */
export function costMarkdown(cost: Estimate, below: Below): string {
  const million = perMillion(cost);
  return document(cost, below, [
    ...table(
      ["Route", ...parts.map((part) => partNames[part]), "Sum"],
      cost.routes.map(({ route, parts: own, usd }) => [
        code(route),
        ...parts.map((part) => dollars(own[part])),
        dollars(usd),
      ]),
    ),
    "",
    `Without any request ${dollars(cost.fixedUsd)}, together **${dollars(cost.usd)}**${million === null ? "" : `, ${dollars(million)} for a million requests`}.`,
  ]);
}

export function comparisonMarkdown(
  { costs, heads, rows, notes }: Comparison,
  below: Below,
): string {
  const isRoute = new Set(costs.flatMap(({ cost }) => cost.routes.map(({ route }) => route)));
  return document(costs[0].cost, below, [
    ...table(
      ["", ...heads],
      rows.map(({ name, cells }) => [isRoute.has(name) ? code(name) : name, ...cells]),
    ),
    ...notes.flatMap((note) => ["", note]),
  ]);
}

function document(
  { service, environment, region, requests }: Estimate,
  { basis, leftOut, sources }: Below,
  body: readonly string[],
): string {
  return [
    `### ${service}: what a month costs in ${environment}`,
    "",
    `With ${grouped(requests)} requests, in USD.`,
    "",
    ...body,
    "",
    "<details><summary>What this is counted on</summary>",
    "",
    ...basis.map(({ from, what }) => `- ${from}: ${what}`),
    ...leftOut.map((what) => `- not counted: ${what}`),
    `- ${pricesText(region)}: ${sources.map((source) => `<${source}>`).join(" ")}`,
    "",
    "</details>",
  ].join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(line)];
}

/** A path has nothing that ends a code span or a cell. */
function code(route: string): string {
  return `\`${route}\``;
}
