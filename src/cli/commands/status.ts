import type { StatusAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  choosePeriod,
  type EnvironmentStatus,
  environmentStatus,
  gatherFacts,
  openStatus,
  smallestPeriod,
  unreadEnvironment,
  windowOf,
} from "../../observe/index.ts";
import { type LoadedService, loadService } from "../../package/index.ts";
import { type EnvironmentName, planService } from "../../plan/index.ts";
import { isEmulated } from "../../terraform/index.ts";
import { answerJson, answerLine } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { redrawn } from "../layout/redrawn.ts";
import { accessOf, profileOptions, profileVariable } from "../observation/access/profiles.ts";
import { liveStackChanges } from "../observation/status/live-stack-changes.ts";
import { statusText } from "../observation/status/status-text.ts";
import { readStretch, requireNone, sinceOption } from "../observation/window/time-options.ts";

/** As many as a line of a table has room for. */
const periodsShown = 24;

export const status: Command = {
  name: "status",
  summary: "whether what is deployed is well, and what to do if not",
  description:
    "One screen for an environment, or for all of them beside each other: what is live since when and by whom, what callers meet (calls, errors, latency, throttles, cold starts), which alarms fire, how far back tables can be restored. Looks as well whether Lambda has the release's code and configuration, whether aliases, alarms and tables are as the release made them; with --drift, asks Terraform for the rest, which takes its time. Each thing that is wrong comes with the command to type next. Ends with 2 where something is wrong, else with what kept it from looking, else with 0. Changes nothing.",
  examples: [
    "lambdakit status",
    "lambdakit status --env all --profile dev=acme-dev,sit=acme-sit,prod=acme-prod",
    "lambdakit status --env prod --since 24h --json",
    "lambdakit status --env prod --watch",
    "lambdakit status --env sit --drift",
  ],
  options: {
    env: {
      type: "choice",
      choices: [...environmentNames, "all"],
      description: "the environment, or all of them",
      default: "dev",
    },
    ...profileOptions,
    since: {
      ...sinceOption,
      description: `how far back figures go: ${sinceOption.description}`,
      default: "1h",
    },
    watch: {
      type: "integer",
      placeholder: "SECONDS",
      description: "look again, until Ctrl-C; every 30 seconds where none are said",
      bare: "30",
    },
    drift: { type: "flag", description: "ask Terraform, too, what it would change" },
  },
  arguments: [],

  async run(input, world) {
    // Whatever is written wrongly is said before AWS is asked.
    sinceOf(input, new Date());
    const seconds = watchOf(input);
    requireOneForDrift(input);
    const service = await loadService(input.text("service") ?? ".");
    const env = input.text("env") ?? "";
    const names = env === "all" ? environmentNames : [env as EnvironmentName];
    const isPatient = names.length > 1 || seconds !== undefined;
    const look = () =>
      Promise.all(names.map((name) => lookAt(service, name, { input, world, isPatient })));
    if (seconds !== undefined) {
      await redrawn(world, seconds, input.flag("json"), async () =>
        answer(service, await look(), input, world, seconds),
      );
      return exitCodes.interrupted;
    }
    const statuses = await look();
    world.terminal.out(answer(service, statuses, input, world));
    return exitCodeOf(statuses);
  },
};

function answer(
  { manifest }: LoadedService,
  environments: readonly EnvironmentStatus[],
  input: Input,
  { terminal }: World,
  seconds?: number,
): string {
  if (input.flag("json")) {
    const document = { service: manifest.name, environments };
    // One look is a document, several are lines.
    return seconds === undefined
      ? answerJson<StatusAnswer>(document)
      : answerLine<StatusAnswer>(document);
  }
  return statusText(manifest.name, environments, terminal);
}

/** What is wrong is known to be so, whatever else could not be read. */
function exitCodeOf(statuses: readonly EnvironmentStatus[]): number {
  if (statuses.some(({ state }) => state === "wrong")) return exitCodes.differences;
  const [unread] = statuses.flatMap((one) => one.unread);
  return unread?.exitCode ?? exitCodes.ok;
}

interface Looking {
  readonly input: Input;
  readonly world: World;
  /** Whether an environment that cannot be read is shown, and does not end it. */
  readonly isPatient: boolean;
}

async function lookAt(
  service: LoadedService,
  name: EnvironmentName,
  { input, world, isPatient }: Looking,
): Promise<EnvironmentStatus> {
  const plan = planService(service.manifest, name);
  const now = new Date();
  const from = sinceOf(input, now);
  const seconds = (now.getTime() - from.getTime()) / 1000;
  const periodSeconds = choosePeriod(seconds, periodsShown, smallestPeriod(from, now) ?? 60);
  try {
    const access = accessOf(input, name);
    const { checkAccount } = await import("../../terraform/index.ts");
    const caller = await checkAccount(plan, access);
    const ports = openStatus(plan, caller, access, isEmulated());
    const drift = input.flag("drift")
      ? () => liveStackChanges(service, ports.environment, plan, access, world)
      : undefined;
    const options = { plan, now, from, periodSeconds, drift };
    return environmentStatus(await gatherFacts(ports, options));
  } catch (error) {
    if (!isPatient || !(error instanceof LambdakitError) || error.code.startsWith("CLI_"))
      throw error;
    const { code, message, fix, exitCode } = error;
    const isOther = exitCode === exitCodes.notAllowed && code !== "AWS_NOT_ALLOWED";
    const own = isOther
      ? `${fix}; for ${name} alone: --profile ${name}=NAME, or ${profileVariable(name)}`
      : fix;
    const unread = new LambdakitError(code, { message, fix: own });
    return unreadEnvironment(plan, unread, now, windowOf(from, now, periodSeconds));
  }
}

function sinceOf(input: Input, now: Date): Date {
  const { from, mistakes } = readStretch(input, "1h", now.getTime());
  requireNone(mistakes);
  const isKept = smallestPeriod(new Date(from), now) !== undefined;
  if (isKept && now.getTime() - from >= 60_000) return new Date(from);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--since ${input.text("since")} is not from a minute to 455 days ago, of which CloudWatch has figures.`,
    fix: "write --since 1h",
    at: "--since",
  });
}

function watchOf(input: Input): number | undefined {
  const seconds = input.integer("watch");
  if (seconds !== 0) return seconds;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: "--watch is 0 seconds, which is no time to wait.",
    fix: "write --watch 30",
    at: "--watch",
  });
}

function requireOneForDrift(input: Input): void {
  if (!input.flag("drift")) return;
  const other =
    input.text("env") === "all" ? "--env all" : input.text("watch") === undefined ? "" : "--watch";
  if (other === "") return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--drift asks Terraform about one environment, once: it does not go with ${other}.`,
    fix: `leave out ${other}, or --drift`,
    at: "--drift",
  });
}
