import path from "node:path";
import type { DrDrillAnswer } from "../../answers/index.ts";
import {
  type DrilledEmulator,
  type DrillReport,
  isEnded,
  isPassed,
  openRecords,
  reportMarkdown,
  resumeDrill,
  runDrill,
  type ScenarioName,
  scenarioNames,
  scenarios,
} from "../../drill/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import type { ServicePlan, TablePlan } from "../../plan/index.ts";
import { liveRelease, openEnvironment } from "../../release/index.ts";
import { writeFiles } from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { type Target, targetOptions } from "../deployment/target.ts";
import { requireAgreement } from "../recovery/drill-agreement.ts";
import { type DrillCloud, drillPorts, openCloud } from "../recovery/drill-run.ts";
import { drillListText, drillText, scenariosText } from "../recovery/drill-text.ts";
import { openDrilled } from "../recovery/open-drilled.ts";
import { recordsAside } from "../recovery/records-aside.ts";
import { requireLosable } from "../recovery/region-drill.ts";
import { requireElsewhere } from "../recovery/require-elsewhere.ts";
import { createStyle } from "../style.ts";

export const drDrill: Command = {
  name: "dr drill",
  summary: "lose something on purpose, recover it, and measure RPO and RTO",
  description:
    "Writes heartbeats into a table, loses what the scenario says, recovers by the one command that is the answer to it, and measures: RPO from the newest heartbeat that came back, RTO until a check has found all of the API right. Figures are held against the targets of service.ts, labelled measured or simulated, and kept in the artifact bucket. Scenarios: table-lost, items-corrupted, function-broken, account-empty, region-lost; without one, says what each does. list shows earlier drills. resume goes on with one that was cut off. PROD is drilled on an emulator only, and so are region-lost and account-empty, which deletes everything in the account. Ends with 1 where something was not recovered, or a target was missed.",
  examples: [
    "lambdakit dr drill",
    "lambdakit dr drill table-lost --env dev --confirm drill",
    "lambdakit dr drill items-corrupted --confirm drill --report drills",
    "lambdakit dr drill account-empty --env sit --confirm deploy",
    "lambdakit dr drill region-lost --env sit --confirm deploy",
    "lambdakit dr drill list --env sit --json",
    "lambdakit dr drill resume --env dev --confirm drill",
  ],
  options: {
    ...targetOptions,
    table: {
      type: "text",
      placeholder: "KEY",
      description: "which table of service.ts; default: the only one",
    },
    report: {
      type: "text",
      placeholder: "DIR",
      description: "write each report there, too, as Markdown and JSON",
    },
    url: {
      type: "text",
      placeholder: "URL",
      description: "where the API answers, if not where Terraform says; or LAMBDAKIT_URL",
    },
    "standby-url": {
      type: "text",
      placeholder: "URL",
      description:
        "for region-lost: where it answers in the region that stands by, if not where Terraform says",
    },
    confirm: {
      type: "text",
      placeholder: "WORDS",
      description: "for dev: drill; for sit: deploy; for prod: deploy-to-production",
    },
    reason: { type: "text", placeholder: "TEXT", description: "for prod: why" },
  },
  arguments: ["SCENARIO..."],

  async run(input, world) {
    const { terminal } = world;
    const [first] = input.arguments;
    if (first === undefined) {
      const all = Object.values(scenarios);
      const told = { scenarios: all.map(({ name, harm }) => ({ name, harm })) };
      terminal.out(
        input.flag("json") ? answerJson<DrDrillAnswer>(told) : scenariosText(all, terminal.columns),
      );
      return exitCodes.ok;
    }
    const isAlone = input.arguments.length === 1;
    const action = isAlone && (first === "list" || first === "resume") ? first : "run";
    const names = action === "run" ? input.arguments.map(scenarioCalled) : [];
    const target = await openDrilled(input, world);
    const { isEmulated } = await import("../../terraform/index.ts");
    const emulator = isEmulated() ? (process.env.AWS_ENDPOINT_URL ?? null) : null;
    const aside = recordsAside(target.service.directory);
    if (action === "list") {
      const emulated = emulator === null ? null : { url: emulator, aside };
      return list(input, world, target.plan, emulated);
    }
    const table = drilledTable(input, target.plan);
    const agreed = { plan: target.plan, table, names, isEmulated: emulator !== null };
    requireAgreement(input, world, agreed);
    if (names.includes("region-lost")) requireLosable(target, emulator);
    const cloud = await openCloud(emulator, aside, target.plan);
    try {
      const reports: DrillReport[] = [];
      if (action === "resume") {
        const report = await resume(input, world, target, cloud);
        if (report === undefined) return nothingLeft(input, world, target.plan);
        reports.push(report);
      }
      for (const name of names) {
        const report = await drill(input, world, { target, cloud, table, name });
        reports.push(report);
        // The next one would find an environment that is not as it has to be.
        if (!report.recovered) break;
      }
      await tell(input, world, target.plan, reports);
      return reports.every(isPassed) ? exitCodes.ok : exitCodes.failure;
    } finally {
      await cloud.simulator?.stop();
    }
  },
};

async function list(
  input: Input,
  { terminal }: World,
  plan: ServicePlan,
  emulator: DrilledEmulator | null,
): Promise<number> {
  const records = await openRecords(plan, {}, emulator).list();
  terminal.out(
    input.flag("json")
      ? answerJson<DrDrillAnswer>({ environment: plan.environment, drills: records })
      : drillListText(records, terminal.columns, createStyle(terminal.color)),
  );
  return exitCodes.ok;
}

interface Wanted {
  readonly target: Target;
  readonly cloud: DrillCloud;
  readonly table: TablePlan;
  readonly name: ScenarioName;
}

async function drill(
  input: Input,
  world: World,
  { target, cloud, table, name }: Wanted,
): Promise<DrillReport> {
  const { plan, caller } = target;
  const id = Date.now();
  const ports = await drillPorts(input, world, { target, cloud, table, id, scenario: name });
  const { history } = openEnvironment(plan, caller, cloud.access);
  const started = {
    scenario: name,
    at: new Date(id).toISOString(),
    by: caller.arn,
    id,
    table: { key: table.key, name: await ports.tableNow() },
    release: liveRelease(await history.read()),
  };
  if (started.release === null) throw noneLive(plan);
  if (scenarios[name].losesAccount) await requireElsewhere(target, started.release);
  return runDrill({ plan, started, stoodIn: cloud.stoodIn }, ports);
}

async function resume(
  input: Input,
  world: World,
  target: Target,
  cloud: DrillCloud,
): Promise<DrillReport | undefined> {
  const { plan } = target;
  const [last] = await openRecords(plan, cloud.access, cloud.emulator).list();
  if (last === undefined || isEnded(last)) return undefined;
  const { started } = last;
  const table =
    plan.tables.find(({ key }) => key === started.table.key) ?? drilledTable(input, plan);
  const { id, scenario } = started;
  if (scenario === "region-lost") requireLosable(target, cloud.simulator?.url ?? null);
  const ports = await drillPorts(input, world, { target, cloud, table, id, scenario });
  return resumeDrill(last, { plan, started, stoodIn: cloud.stoodIn }, ports);
}

function nothingLeft(input: Input, { terminal }: World, { environment }: ServicePlan): number {
  terminal.out(
    input.flag("json")
      ? answerJson<DrDrillAnswer>({ environment, reports: [] })
      : `${environment}: nothing is left of a drill that was cut off`,
  );
  return exitCodes.ok;
}

async function tell(
  input: Input,
  { terminal }: World,
  { environment }: ServicePlan,
  reports: readonly DrillReport[],
): Promise<void> {
  const style = createStyle(terminal.color);
  const folder = input.text("report");
  if (folder !== undefined) {
    await writeFiles(
      reports.flatMap((report) => {
        const name = `${report.service}-${report.environment}-${report.number}-${report.scenario}`;
        return [
          { path: path.join(folder, `${name}.md`), contents: Buffer.from(reportMarkdown(report)) },
          {
            path: path.join(folder, `${name}.json`),
            contents: Buffer.from(`${JSON.stringify(report, null, 2)}\n`),
          },
        ];
      }),
    );
  }
  terminal.out(
    input.flag("json")
      ? answerJson<DrDrillAnswer>({ environment, reports })
      : reports.map((one) => drillText(one, terminal.columns, style)).join("\n"),
  );
}

function scenarioCalled(name: string): ScenarioName {
  const found = scenarioNames.find((one) => one === name);
  if (found !== undefined) return found;
  const near = nearest(name, [...scenarioNames, "list", "resume"]);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `There is no drill "${name}", but ${scenarioNames.join(", ")}.`,
    fix: near === undefined ? "lambdakit dr drill" : `lambdakit dr drill ${near}`,
    at: "SCENARIO",
  });
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
function drilledTable(input: Input, { tables }: ServicePlan): TablePlan {
  const own = tables.filter(({ existing }) => !existing);
  const key = input.text("table");
  const found = key === undefined ? own : own.filter((one) => one.key === key);
  const [table] = found;
  if (table !== undefined && found.length === 1) return table;
  const keys = own.map((one) => one.key).join(", ");
  throw new LambdakitError("CLI_BAD_VALUE", {
    message:
      keys === ""
        ? "The service has no table of its own, and a drill needs one for its heartbeats."
        : `A drill is of one table of the service's own: ${keys}.`,
    fix: keys === "" ? "declare a table in service.ts" : `--table ${own[0]?.key}`,
    at: "--table",
  });
}

function noneLive({ environment }: ServicePlan): LambdakitError {
  return new LambdakitError("RELEASE_NONE_LIVE", {
    message: `No release is live in ${environment}, so that there is nothing to lose.`,
    fix: `lambdakit deploy --env ${environment}`,
  });
}
