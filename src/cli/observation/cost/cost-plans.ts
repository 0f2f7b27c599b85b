import { LambdakitError } from "../../../errors/index.ts";
import type { MeasuredUse } from "../../../evaluate/index.ts";
import { measureUse, parseSpan } from "../../../observe/index.ts";
import { loadService } from "../../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../../plan/index.ts";
import { openEnvironment } from "../../../release/index.ts";
import type { Input, World } from "../../command.ts";
import { openAccount, type Target } from "../../deployment/target.ts";
import { withOwnTables } from "../access/own-tables.ts";
import { answering } from "./given-figures.ts";

/** Whose cost is asked for, and what it is to be held against. */
export interface Asked {
  readonly plan: ServicePlan;
  readonly label: string;
  readonly before: { readonly label: string; readonly plan: ServicePlan } | undefined;
  readonly measured: { readonly use: MeasuredUse; readonly days: number } | undefined;
}

/** @throws {LambdakitError} CLI_BAD_VALUE, RELEASE_UNKNOWN, or as loading a service and `openAccount` say */
export async function readPlans(input: Input, world: World): Promise<Asked> {
  const [action, ...ids] = input.arguments;
  const other = input.text("diff-with");
  const text = input.text("measured");
  const time = text === undefined ? undefined : readDays(text);
  if (action !== undefined && (action !== "diff" || ids.length !== 2)) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `cost ${input.arguments.join(" ")} is nothing that can be answered.`,
      fix: "lambdakit cost, or with: diff ID OTHER_ID",
      at: "ACTION",
    });
  }
  requireOne(action !== undefined, other !== undefined, input.text("memory") !== undefined);

  const needsAws = action !== undefined || time !== undefined;
  const target = needsAws ? await openAccount(input, world) : undefined;
  const own = target?.plan ?? (await readPlan(input, input.text("service") ?? "."));
  const [one, another] =
    target === undefined || action === undefined ? [] : await releasePlans(target, ids);
  const plan = another?.plan ?? own;
  const before =
    one ??
    (other === undefined ? undefined : { label: "before", plan: await readPlan(input, other) });
  return {
    plan,
    label: another?.label ?? (before === undefined ? "now" : "after"),
    before,
    measured: time === undefined ? undefined : await measure(plan, time, world),
  };
}

async function releasePlans({ plan, caller }: Target, ids: readonly string[]) {
  const { releases, environment } = openEnvironment(plan, caller);
  return Promise.all(
    ids.map(async (start) => {
      const { id } = await releases.find(start);
      const view = await releases.view(id, environment);
      return { label: id.slice(0, 8), plan: view.plan };
    }),
  );
}

async function measure(plan: ServicePlan, time: number, { terminal }: World) {
  const { Metrics } = await import("../../../aws/index.ts");
  const own = await withOwnTables(plan, {}, terminal);
  const use = await measureUse(own, new Metrics(plan.region), time, new Date());
  // What answers no request tells nothing of requests.
  if (answering(plan).some((key) => use.functions.get(key)?.invocations.isZero === false)) {
    return { use, days: time };
  }
  terminal.err(
    `CloudWatch has seen no invocation in ${plan.environment} in ${time} days: everything is assumed.`,
  );
  return undefined;
}

async function readPlan(input: Input, directory: string): Promise<ServicePlan> {
  const { manifest } = await loadService(directory);
  return planService(manifest, input.text("env") as EnvironmentName);
}

/** CloudWatch keeps figures of hours for 15 months. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (2026-11-27) */
const longestDays = 455;
const daySeconds = 86_400;

function readDays(text: string): number {
  const time = (parseSpan(text) ?? 0) / daySeconds;
  if (time >= 1 && time <= longestDays && Number.isInteger(time)) return time;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--measured is "${text}", and has to be whole days, of which CloudWatch has figures: 1d to ${longestDays}d.`,
    fix: "write --measured 30d",
    at: "--measured",
  });
}

function requireOne(diff: boolean, other: boolean, memory: boolean): void {
  if ([diff, other, memory].filter(Boolean).length < 2) return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: "diff, --diff-with and --memory each compare with something else.",
    fix: "leave out all but one of them",
    at: diff ? "diff" : "--diff-with",
  });
}
