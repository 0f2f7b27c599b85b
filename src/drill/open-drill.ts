import { type Access, Bucket, FunctionCode, KeyedItems, Tables } from "../aws/index.ts";
import { answeringFunctions, artifactKey } from "../names.ts";
import type { FunctionPlan, ServicePlan, TablePlan } from "../plan/index.ts";
import { openStore, type ReleaseEnvironment, unfinished } from "../release/index.ts";
import { openAccountLoss } from "./account/open-account-loss.ts";
import { brokenSha256, brokenZip } from "./broken-code.ts";
import type { DrillPorts } from "./drill-ports.ts";
import { DrillRecords } from "./drill-records.ts";
import { Heartbeats } from "./heartbeat.ts";
import { type AsideStore, KeptRecords } from "./kept-records.ts";

/** An emulator that stands in for AWS. */
export interface DrilledEmulator {
  readonly url: string;
  /** Where records lie while there is no bucket. */
  readonly aside: AsideStore;
}

export interface DrillTarget {
  readonly plan: ServicePlan;
  readonly environment: ReleaseEnvironment;
  readonly access: Access;
  /** Null where AWS is AWS. */
  readonly emulator: DrilledEmulator | null;
  readonly table: TablePlan;
  /** What tells this drill's heartbeats from those of every other. */
  readonly id: number;
}

/** What of a drill is AWS. */
export type AwsPorts = Omit<
  DrillPorts,
  "now" | "wait" | "interrupted" | "isServed" | "command" | "onEvent" | "region"
>;

/** The drills that an environment has had, also where the bucket that they lie in is lost by one of them. */
export function openRecords(
  plan: ServicePlan,
  access: Access,
  emulator: DrilledEmulator | null,
): DrillRecords {
  const store =
    emulator === null ? openStore(plan, access) : keptRecords(plan, access, emulator.aside);
  return new DrillRecords(store, plan.service, plan.environment);
}

function keptRecords(plan: ServicePlan, access: Access, aside: AsideStore): KeptRecords {
  const { artifactBucket } = plan.deployment;
  const bucket = new Bucket(artifactBucket, plan.region, access);
  return new KeptRecords(openStore(plan, access), () => bucket.exists(), aside);
}

/** The parts of AWS that a drill harms, and looks at. */
export function openDrill(target: DrillTarget): AwsPorts {
  const { plan, environment, access, emulator, table, id } = target;
  const { region, deployment } = plan;
  const items = new KeyedItems(region, access);
  const code = new FunctionCode(region, access);
  const tables = new Tables(region, access);
  const bucket = new Bucket(deployment.artifactBucket, region, access);
  const { traffic, history } = environment;
  const [victim] = functionsWithRoutes(plan);
  const [reader] = plan.functions.filter(({ environmentVariables }) =>
    Object.hasOwn(environmentVariables, table.variable),
  );
  const points = async (name: string) => (await tables.backups(name)) ?? [];
  return {
    records: openRecords(plan, access, emulator),
    heartbeats: new Heartbeats(items, table, id),
    async tableNow() {
      if (reader === undefined) return table.name;
      const told = await code.variable(reader.name, deployment.alias, table.variable);
      return told ?? table.name;
    },
    async hasBackup(name) {
      return (await points(name)).some(({ kind }) => kind !== "continuous");
    },
    async restorableUntil(name) {
      const point = (await points(name)).find(({ kind }) => kind === "continuous");
      return point === undefined ? null : Date.parse(point.at);
    },
    deleteTable: (name) => items.deleteTable(name),
    async breakFunction() {
      if (victim === undefined) return;
      const version = await code.publish(victim.name, brokenZip);
      await traffic.move(victim.name, { version, canary: null });
    },
    account:
      emulator === null
        ? null
        : openAccountLoss({
            plan,
            access,
            url: emulator.url,
            records: keptRecords(plan, access, emulator.aside),
          }),
    async tidyUp() {
      if (victim === undefined) return;
      const alias = await traffic.read(victim.name);
      const sha256 = alias && (await traffic.sha256Of(victim.name, alias.version));
      if (sha256 === undefined || sha256 === brokenSha256) return;
      // Terraform takes the newest version for that which it has made, and looks at the code of the next.
      await code.removeVersions(victim.name, brokenSha256);
      if ((await traffic.sha256Of(victim.name, "$LATEST")) !== brokenSha256) return;
      await code.use(victim.name, deployment.artifactBucket, artifactKey(sha256));
    },
    async isUnfinished() {
      // No command has left anything half done where nothing is.
      if (!(await bucket.exists())) return false;
      return unfinished(await history.read()) !== undefined;
    },
  };
}

/** The functions that callers would miss. */
export function functionsWithRoutes({ functions, api }: ServicePlan): FunctionPlan[] {
  const answering = answeringFunctions(api);
  return functions.filter(({ key }) => answering.has(key));
}
