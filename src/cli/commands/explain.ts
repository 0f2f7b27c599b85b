import type { ExplainAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import { environmentNames, failoverSeconds, type Manifest } from "../../manifest/index.ts";
import { routeName } from "../../names.ts";
import { loadService } from "../../package/index.ts";
import {
  type EnvironmentName,
  planService,
  type ServicePlan,
  standbyPlan,
} from "../../plan/index.ts";
import { quoted } from "../../system/index.ts";
import { answerJson, type Frozen } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { fold } from "../layout/fold.ts";
import { createStyle, type Style } from "../style.ts";

export const explain: Command = {
  name: "explain",
  summary: "show what service.ts comes to, and which line caused what",
  description:
    "Resolves the manifest for one environment: names, permissions, environment variables, routes, alarms. With NAME, shows everything of that name (a function, a table, a secret, a route, an alarm, an ARN) and the line of service.ts that it comes from. With --json, prints the service plan, which every other command works from. Reads service.ts and nothing else.",
  examples: [
    "lambdakit explain --env prod",
    "lambdakit explain --env prod --json",
    "lambdakit explain --env prod --standby",
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
    standby: {
      type: "flag",
      description: "the service as it stands by in that environment's recoveryRegion",
    },
  },
  arguments: ["NAME"],

  async run(input, { terminal }) {
    const service = await loadService(input.text("service") ?? ".");
    const plan = planOf(
      service.manifest,
      input.text("env") as EnvironmentName,
      input.flag("standby"),
    );
    const [name] = input.arguments;
    const entries = entriesOf(plan);
    const chosen = name === undefined ? entries : find(entries, name, plan.environment);
    if (input.flag("json")) {
      const found = chosen.map(({ named }) => named);
      const { environment } = plan;
      terminal.out(answerJson<ExplainAnswer>(name === undefined ? plan : { environment, found }));
    } else {
      const style = createStyle(terminal.color);
      const lineOf = await service.readLines();
      terminal.out(
        name === undefined
          ? summary(plan, entries, { lineOf, width: terminal.columns })
          : chosen.map((entry) => details(entry, lineOf, style)).join("\n\n"),
      );
    }
    return exitCodes.ok;
  },
};

function planOf(
  manifest: Manifest,
  environment: EnvironmentName,
  standingBy: boolean,
): ServicePlan {
  if (!standingBy) return planService(manifest, environment);
  const plan = standbyPlan(manifest, environment);
  if (plan !== null) return plan;
  const others = environmentNames.filter(
    (name) => manifest.environments[name].recoveryRegion !== undefined,
  );
  throw new LambdakitError("RECOVERY_NO_STANDBY", {
    message: `${environment} has no recoveryRegion: nothing of it stands by anywhere.`,
    fix:
      others[0] === undefined
        ? `name the region that takes over, as environments.${environment}.recoveryRegion in service.ts`
        : `lambdakit explain --env ${others[0]} --standby`,
    at: `environments.${environment}`,
  });
}

/** The line of `service.ts` that states a part of the manifest. */
type LineOf = (from: string) => number;

/** One thing in the plan, and the names that it can be asked for by. */
interface Entry {
  readonly named: Named;
  readonly names: readonly string[];
}

function entriesOf(plan: ServicePlan): Entry[] {
  const { functions, tables, secrets, api, alarms, serviceAlarm, recovery } = plan;
  const { standby } = recovery;
  return [
    ...functions.map((value) =>
      entry({ kind: "function", value }, [value.name, value.key, value.arn, value.logGroup.name]),
    ),
    ...tables.map((value) =>
      entry({ kind: "table", value }, [value.name, value.key, value.arn, value.variable]),
    ),
    ...tables.flatMap(({ indexes }) =>
      indexes.map((value) => entry({ kind: "index", value }, [value.name, value.arn])),
    ),
    ...secrets.map((value) =>
      entry({ kind: "secret", value }, [value.name, value.key, value.arn, value.variable]),
    ),
    ...api.routes.map((value) => entry({ kind: "route", value }, [routeName(value), value.path])),
    ...maybe(standby, (value) => entry({ kind: "standby", value }, [value.region])),
    ...maybe(standby?.domain, (value) => entry({ kind: "domain", value }, [value.name])),
    ...alarms.map((value) => entry({ kind: "alarm", value }, [value.name, value.kind])),
    ...maybe(serviceAlarm, (value) => entry({ kind: "service-alarm", value }, [value.name])),
  ];
}

/** Of what may not be there. */
function maybe<Value>(value: Value | null | undefined, entryOf: (value: Value) => Entry): Entry[] {
  return value == null ? [] : [entryOf(value)];
}

/** A part of the plan, told apart from those of other kinds. */
type Named = Extract<Frozen<ExplainAnswer>, { readonly found: unknown }>["found"][number];

function entry(named: Named, names: readonly string[]): Entry {
  return { named, names };
}

/** For a person both are alarms. */
function kindOf({ named: { kind } }: Entry): string {
  return kind === "service-alarm" ? "alarm" : kind;
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

function summary(
  plan: ServicePlan,
  entries: readonly Entry[],
  { lineOf, width }: { readonly lineOf: LineOf; readonly width: number },
): string {
  const rows = entries.map((one) => [
    kindOf(one),
    one.names[0] ?? "",
    `service.ts:${lineOf(one.named.value.from)}`,
  ]);
  const { confirmation, reasonRequired } = plan.approval;
  return [
    `${plan.service} in ${plan.environment}: account ${plan.accountId}, ${plan.region}`,
    `A change needs ${confirmation === null ? "no confirmation" : `--confirm ${confirmation}${reasonRequired ? ' --reason "..."' : ""}`}.`,
    ...standbyTexts(plan).flatMap((text) => fold(text, width)),
    "",
    ...columns(rows),
    "",
    "Next: lambdakit explain NAME, or lambdakit explain --json",
  ].join("\n");
}

/** Where it goes when the region is lost, how callers get there, and how long that takes of what is allowed. */
function standbyTexts({ place, recovery }: ServicePlan): string[] {
  const { standby, rtoMinutes } = recovery;
  if (place === "standby") return ["This is how it stands by: its tables are replicas."];
  if (standby === null) return [];
  const { region, domain } = standby;
  if (domain === null) {
    return [`It stands by in ${region}. No domain: whoever owns its name moves callers.`];
  }
  const { name, recordTtlSeconds, healthCheck } = domain;
  const { failureThreshold, intervalSeconds } = healthCheck;
  return [
    `It stands by in ${region}. ${name} is there after ${failoverSeconds(domain)} of ${rtoMinutes * 60} seconds: ${failureThreshold} bad checks, ${intervalSeconds} seconds apart, and answers that resolvers keep for ${recordTtlSeconds}.`,
  ];
}

function details(one: Entry, lineOf: LineOf, style: Style) {
  const { from, ...facts } = one.named.value;
  const [kind, [name = ""]] = [kindOf(one), one.names];
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
