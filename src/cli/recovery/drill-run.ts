import { setTimeout } from "node:timers/promises";
import type { Access } from "../../aws/index.ts";
import {
  type AsideStore,
  type CommandRun,
  type DrilledEmulator,
  type DrillPorts,
  openDrill,
  regionPorts,
  type ScenarioName,
  type Simulator,
  scenarios,
  startSimulator,
} from "../../drill/index.ts";
import type { ServicePlan, TablePlan } from "../../plan/index.ts";
import { openEnvironment } from "../../release/index.ts";
import { runProgram } from "../../system/index.ts";
import type { Input, World } from "../command.ts";
import type { Target } from "../deployment/target.ts";
import { thisProgram } from "../this-program.ts";
import { callerToken } from "../verification/caller-token.ts";
import { serviceUrl } from "../verification/service-url.ts";
import { requireStandby } from "./open-regions.ts";
import { standbyUrl } from "./region-drill.ts";

/** AWS, or the emulator with the simulator in front of it. */
export interface DrillCloud {
  readonly access: Access;
  readonly emulator: DrilledEmulator | null;
  readonly simulator: Simulator | null;
  /** What stands in for AWS, as a part of a sentence; null where nothing does. */
  readonly stoodIn: string | null;
}

/** As AWS says that it typically is. */
const replicaLagSeconds = 1;

/**
 * With an emulator, starts the simulator that knows what that does not.
 *
 * @param aside where records lie while an account has no bucket for them
 */
export async function openCloud(
  emulator: string | null,
  aside: AsideStore,
  { region, recovery, tables }: ServicePlan,
): Promise<DrillCloud> {
  if (emulator === null) return { access: {}, emulator, simulator: null, stoodIn: null };
  const { standby } = recovery;
  const own = standby === null ? [] : tables.filter(({ existing }) => !existing);
  const simulator = await startSimulator({
    emulator,
    behindSeconds: 0,
    replicaLagMilliseconds: replicaLagSeconds * 1_000,
    // Terraform makes no replica there.
    replicated: own.map(({ name }) => ({ table: name, regions: [region, standby?.region ?? ""] })),
  });
  const replicas =
    own.length === 0 ? "" : `, and for their replicas, which are ${replicaLagSeconds} s behind`;
  return {
    access: { endpoint: simulator.url },
    // What is deleted past the simulator, it does not know.
    emulator: { url: simulator.url, aside },
    simulator,
    stoodIn: `an emulator stood in for AWS, which restores at once, and a simulator for the past of its tables, which lags no minutes behind as AWS does${replicas}`,
  };
}

/** Where the API answers by now. */
type UrlNow = () => Promise<string>;

export interface DrillOpening {
  readonly target: Target;
  readonly cloud: DrillCloud;
  readonly table: TablePlan;
  readonly id: number;
  readonly scenario: ScenarioName;
}

/** Everything that a drill has around it, in the real world. */
export async function drillPorts(
  input: Input,
  { terminal, interrupted }: World,
  { target, cloud, table, id, scenario }: DrillOpening,
): Promise<DrillPorts> {
  const { plan, caller, service } = target;
  const { access, simulator } = cloud;
  const { verifyService } = await import("../../verify/index.ts");
  /** What of a drill is in one region. */
  const portsIn = (plan: ServicePlan, emulator: DrilledEmulator | null, urlNow: UrlNow) => ({
    ...openDrill({
      plan,
      environment: openEnvironment(plan, caller, access),
      access,
      emulator,
      table,
      id,
    }),
    // What changes nothing is asked again and again; the round trip is the restoring command's.
    async isServed() {
      const url = await urlNow();
      const asked = { plan, url, roundTrip: false, token: callerToken(), onCheck: () => {} };
      return (await verifyService(asked)).passed;
    },
  });
  const urlNow = () => serviceUrl(input, plan, openEnvironment(plan, caller, access));
  // An API that is made again has another one.
  const homeUrl = scenarios[scenario].losesAccount ? undefined : await urlNow();
  const around = {
    now: Date.now,
    wait: (milliseconds: number) => setTimeout(milliseconds),
    interrupted,
    onEvent: (what: string) => terminal.err(what),
  };
  const running = { input, plan, interrupted, cloud, service };
  const home: DrillPorts = {
    ...portsIn(plan, cloud.emulator, async () => homeUrl ?? urlNow()),
    ...around,
    region: null,
    command: (args) => runCommand(args, running),
  };
  if (scenario !== "region-lost" || simulator === null) return home;
  const standby = requireStandby(service, plan.environment);
  const awayUrl = await standbyUrl(input, standby, openEnvironment(standby, caller, access));
  return regionPorts(
    {
      ...home,
      command: async (args) => {
        const [, command] = args;
        const url = command === "failover" ? awayUrl : await urlNow();
        return runCommand([...args, "--url", url], running);
      },
    },
    portsIn(standby, null, async () => awayUrl),
    (isLost) => simulator.lose(isLost ? [plan.region] : []),
  );
}

interface CommandSetting extends Pick<DrillOpening, "cloud"> {
  readonly input: Input;
  readonly plan: ServicePlan;
  readonly interrupted: AbortSignal;
  readonly service: Target["service"];
}

/** A command as a person would type it, as a process of its own of this program. */
async function runCommand(
  args: readonly string[],
  { input, plan, interrupted, cloud, service }: CommandSetting,
): Promise<CommandRun> {
  const [program, ...before] = thisProgram();
  const all = [
    ...args,
    ...["--env", plan.environment, "--service", service.directory, "--json", "--quiet"],
    ...(isConsented(args) ? consentWords(input, plan) : []),
  ];
  const { status, output } = await runProgram(program, [...before, ...all], {
    directory: process.cwd(),
    variables: {
      ...process.env,
      ...(cloud.simulator !== null && { AWS_ENDPOINT_URL: cloud.simulator.url }),
    },
    interrupted,
  });
  return { exitCode: status, answer: parsed(output) };
}

/** A backup changes nothing, and asks nobody. */
function isConsented([first, second]: readonly string[]): boolean {
  return !(first === "dr" && second === "backup");
}

/** Whoever agreed to the drill agreed to what it recovers with. */
function consentWords(input: Input, { approval }: ServicePlan): string[] {
  const reason = input.text("reason");
  return [
    ...(approval.confirmation === null ? [] : ["--confirm", approval.confirmation]),
    ...(reason === undefined ? [] : ["--reason", reason]),
  ];
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}
