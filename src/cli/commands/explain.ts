import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { routeName } from "../../names.ts";
import { loadService } from "../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../plan/index.ts";
import { quoted } from "../../system/index.ts";
import type { Command } from "../command.ts";
import { createStyle, type Style } from "../style.ts";

export const explain: Command = {
  name: "explain",
  summary: "show what service.ts comes to, and which line caused what",
  description:
    "Resolves the manifest for one environment: names, permissions, environment variables, routes, alarms. With NAME, shows everything of that name (a function, a table, a secret, a route, an alarm, an ARN) and the line of service.ts that it comes from. With --json, prints the service plan, which every other command works from. Reads service.ts and nothing else.",
  examples: [
    "lambdakit explain --env prod",
    "lambdakit explain --env prod --json",
    "lambdakit explain bbws-product-create-dev",
    "lambdakit explain 'GET /v1.0/products' --env sit",
  ],
  options: {
    env: {
      type: "choice",
      choices: environmentNames,
      description: "the environment",
      default: "dev",
    },
  },
  arguments: ["NAME"],

  async run(input, { terminal }) {
    const service = await loadService(input.text("service") ?? ".");
    const plan = planService(service.manifest, input.text("env") as EnvironmentName);
    const [name] = input.arguments;
    const entries = entriesOf(plan);
    const chosen = name === undefined ? entries : find(entries, name, plan.environment);
    if (input.flag("json")) {
      const json = name === undefined ? plan : chosen.map(({ value }) => value);
      terminal.out(JSON.stringify(json, null, 2));
    } else {
      const style = createStyle(terminal.color);
      const lineOf = await service.readLines();
      terminal.out(
        name === undefined
          ? summary(plan, entries, lineOf)
          : chosen.map((entry) => details(entry, lineOf, style)).join("\n\n"),
      );
    }
    return exitCodes.ok;
  },
};

/** The line of `service.ts` that states a part of the manifest. */
type LineOf = (from: string) => number;

/** One thing in the plan, and the names that it can be asked for by. */
interface Entry {
  readonly kind: string;
  readonly names: readonly string[];
  readonly from: string;
  readonly value: object;
}

function entriesOf(plan: ServicePlan): Entry[] {
  const { functions, tables, secrets, api, alarms, serviceAlarm } = plan;
  return [
    ...functions.map((one) =>
      entry("function", [one.name, one.key, one.arn, one.logGroup.name], one),
    ),
    ...tables.map((one) => entry("table", [one.name, one.key, one.arn, one.variable], one)),
    ...tables.flatMap(({ indexes }) =>
      indexes.map((one) => entry("index", [one.name, one.arn], one)),
    ),
    ...secrets.map((one) => entry("secret", [one.name, one.key, one.arn, one.variable], one)),
    ...api.routes.map((one) => entry("route", [routeName(one), one.path], one)),
    ...alarms.map((one) => entry("alarm", [one.name, one.kind], one)),
    ...(serviceAlarm === null ? [] : [entry("alarm", [serviceAlarm.name], serviceAlarm)]),
  ];
}

function entry(kind: string, names: readonly string[], value: { from: string }): Entry {
  return { kind, names, from: value.from, value };
}

function find(entries: readonly Entry[], name: string, environment: string): Entry[] {
  const found = entries.filter(({ names }) => names.includes(name));
  if (found.length > 0) return found;
  const near = nearest(
    name,
    entries.flatMap(({ names }) => names),
  );
  throw new LambdakitError("EXPLAIN_UNKNOWN_NAME", {
    message: `Nothing in ${environment} is called "${name}".`,
    fix: `lambdakit explain ${near === undefined ? "" : `${quoted(near)} `}--env ${environment}`,
    at: name,
  });
}

function summary(plan: ServicePlan, entries: readonly Entry[], lineOf: LineOf): string {
  const rows = entries.map(({ kind, names: [name = ""], from }) => [
    kind,
    name,
    `service.ts:${lineOf(from)}`,
  ]);
  const { confirmation, reasonRequired } = plan.approval;
  return [
    `${plan.service} in ${plan.environment}: account ${plan.accountId}, ${plan.region}`,
    `A change needs ${confirmation === null ? "no confirmation" : `--confirm ${confirmation}${reasonRequired ? ' --reason "..."' : ""}`}.`,
    "",
    ...columns(rows),
    "",
    "Next: lambdakit explain NAME, or lambdakit explain --json",
  ].join("\n");
}

function details({ kind, names: [name = ""], from, value }: Entry, lineOf: LineOf, style: Style) {
  const { from: _, ...facts } = value as Record<string, unknown>;
  return [
    `${style.bold(name)} is ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}, from service.ts:${lineOf(from)} (${from})`,
    ...JSON.stringify(facts, null, 2).split("\n").slice(1, -1),
  ].join("\n");
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, column) => Math.max(cell.length, all[column] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
