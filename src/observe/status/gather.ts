import type { AlarmState, Alarms, Aliases, Functions, Metrics, Tables } from "../../aws/index.ts";
import { originalTableName } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import {
  isHeld,
  liveRelease,
  type Operation,
  type ReleaseEnvironment,
  standingOf,
  type TableSwitch,
  unfinished,
  versionsOf,
} from "../../release/index.ts";
import type { Change } from "../../terraform/index.ts";
import { asked } from "../asked.ts";
import { type TimeWindow, windowOf } from "../time/time-window.ts";
import type { EnvironmentFacts, FunctionFacts, ReleaseFacts, TableFacts } from "./facts.ts";
import { figureQueries, figuresOf } from "./figure-queries.ts";

/** What is asked. Each of these calls AWS. */
export interface StatusPorts {
  readonly environment: Pick<ReleaseEnvironment, "releases" | "history" | "place" | "tables">;
  readonly aliases: Pick<Aliases, "read">;
  readonly functions: Pick<Functions, "read">;
  readonly metrics: Pick<Metrics, "read">;
  readonly alarms: Pick<Alarms, "read" | "readComposite">;
  /** Whether there can be alarms over other alarms: emulators have none. */
  readonly hasCompositeAlarms: boolean;
  readonly tables: Pick<Tables, "read" | "backups">;
}

export interface GatherOptions {
  /** As service.ts says it: what counts where nothing is live. */
  readonly plan: ServicePlan;
  readonly now: Date;
  /** Since when figures are asked for. */
  readonly from: Date;
  readonly periodSeconds: number;
  /** Asks Terraform, which takes its time. @default it is not asked */
  readonly drift?: (() => Promise<readonly Change[]>) | undefined;
}

/** Who looks at what an environment did, looks at its last steps; what is live is mostly one of them. */
const lastOperations = 10;

/**
 * Reads all that is to be known of an environment, at the same time where one does not depend on the other. A part
 * that cannot be read does not keep the others away; what was deployed cannot be left out.
 *
 * @throws {LambdakitError} as `awsError` says, where not even that can be read what is live
 */
export async function gatherFacts(
  ports: StatusPorts,
  { plan: stated, now, from, periodSeconds, drift }: GatherOptions,
): Promise<EnvironmentFacts> {
  const { release, plan } = await releaseFacts(ports, stated);
  const window = windowOf(from, now, periodSeconds);
  const [functions, figures, alarms, serviceAlarm, tables, changes] = await Promise.all([
    asked(Promise.all(plan.functions.map((one) => functionFacts(ports, plan, one)))),
    asked(readFigures(ports, plan, window)),
    asked<readonly AlarmState[]>(ports.alarms.read(plan.alarms.map(({ name }) => name))),
    plan.serviceAlarm !== null && ports.hasCompositeAlarms
      ? asked(ports.alarms.readComposite(plan.serviceAlarm.name))
      : null,
    asked(readTables(ports, plan)),
    drift?.(),
  ]);
  return {
    plan,
    at: now,
    window,
    release,
    functions,
    figures,
    alarms,
    serviceAlarm,
    tables,
    drift: changes,
  };
}

async function releaseFacts(
  { environment: { releases, history, place } }: StatusPorts,
  stated: ServicePlan,
): Promise<{ readonly release: ReleaseFacts; readonly plan: ServicePlan }> {
  let operations: readonly Operation[] = await history.read(lastOperations);
  let live = liveRelease(operations);
  if (live === null && operations.length === lastOperations) {
    operations = await history.read();
    live = liveRelease(operations);
  }
  const view = live === null ? undefined : await releases.view(live, stated.environment);
  const left = unfinished(operations);
  return {
    plan: view?.plan ?? stated,
    release: {
      live: view?.release ?? null,
      versions: live === null ? {} : (versionsOf(operations, live) ?? {}),
      standing: live === null ? "not-verified" : standingOf(operations, live).is,
      last: operations.find(({ started }) => started.action !== "verify") ?? null,
      unfinished: left ?? null,
      isHeld: left !== undefined && isHeld(left, place),
    },
  };
}

async function functionFacts(
  { aliases, functions }: StatusPorts,
  { deployment }: ServicePlan,
  plan: FunctionFacts["plan"],
): Promise<FunctionFacts> {
  const [alias, state] = await Promise.all([
    aliases.read(plan.name),
    functions.read(plan.name, deployment.alias),
  ]);
  return { plan, alias, state };
}

async function readFigures({ metrics }: StatusPorts, plan: ServicePlan, window: TimeWindow) {
  return figuresOf(plan, await metrics.read(figureQueries(plan), window), window);
}

async function readTables(ports: StatusPorts, { tables }: ServicePlan): Promise<TableFacts[]> {
  const isRestored = tables.some(({ name }) => originalTableName(name) !== name);
  const switches = isRestored ? await ports.environment.tables.switches() : [];
  return Promise.all(tables.map((one) => tableFacts(ports, one, switches)));
}

async function tableFacts(
  { tables }: StatusPorts,
  plan: TableFacts["plan"],
  switches: readonly TableSwitch[],
): Promise<TableFacts> {
  const [state, backups] = await Promise.all([tables.read(plan.name), tables.backups(plan.name)]);
  const [restored = null] = switches.flatMap(({ at, operation, restored: all }) => {
    const one = all[plan.key];
    return one === undefined ? [] : [{ at, operation, ...one }];
  });
  return { plan, state, backups: backups ?? [], restored };
}
