import { setTimeout } from "node:timers/promises";
import type { Access } from "../../aws/index.ts";
import {
  type AsideStore,
  type CommandRun,
  type DrilledEmulator,
  type DrillPorts,
  openDrill,
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

/** AWS, or the emulator with the simulator in front of it. */
export interface DrillCloud {
  readonly access: Access;
  readonly emulator: DrilledEmulator | null;
  readonly simulator: Simulator | null;
  /** What stands in for AWS, as a part of a sentence; null where nothing does. */
  readonly stoodIn: string | null;
}

/**
 * With an emulator, starts the simulator that knows what that does not.
 *
 * @param aside where records lie while an account has no bucket for them
 */
export async function openCloud(emulator: string | null, aside: AsideStore): Promise<DrillCloud> {
  if (emulator === null) return { access: {}, emulator, simulator: null, stoodIn: null };
  const simulator = await startSimulator({ emulator, behindSeconds: 0 });
  return {
    access: { endpoint: simulator.url },
    // What is deleted past the simulator, it does not know.
    emulator: { url: simulator.url, aside },
    simulator,
    stoodIn:
      "an emulator stood in for AWS, which restores at once, and a simulator for the past of its tables, which lags no minutes behind as AWS does",
  };
}

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
  const environment = openEnvironment(plan, caller, cloud.access);
  const urlNow = () => serviceUrl(input, plan, environment);
  // An API that is made again has another one.
  const url = scenarios[scenario].losesAccount ? undefined : await urlNow();
  const token = callerToken();
  const { verifyService } = await import("../../verify/index.ts");
  return {
    ...openDrill({ plan, environment, access: cloud.access, emulator: cloud.emulator, table, id }),
    now: Date.now,
    wait: (milliseconds) => setTimeout(milliseconds),
    interrupted,
    // What changes nothing is asked again and again; the round trip is the restoring command's.
    async isServed() {
      const { passed } = await verifyService({
        plan,
        url: url ?? (await urlNow()),
        roundTrip: false,
        token,
        onCheck: () => {},
      });
      return passed;
    },
    command: (args) => runCommand(args, { input, plan, interrupted, cloud, service }),
    onEvent: (what) => terminal.err(what),
  };
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
