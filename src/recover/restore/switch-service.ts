import { LambdakitError } from "../../errors/index.ts";
import { keptAsideTag } from "../../names.ts";
import { type ServicePlan, withTableNames } from "../../plan/index.ts";
import { moveTogether, readAliases, requireDigests } from "../../release/index.ts";
import type { RestoreRun } from "./restore-run.ts";
import type { RestoreStack } from "./restore-stack.ts";

/**
 * Leads the service to the restored table: written down, in Terraform's state, in its functions. All of it is done
 * again where it was cut off; what is so already stays so.
 *
 * @throws {LambdakitError} DEPLOY_LOSES_DATA, RELEASE_DIGEST_DIFFERS, RESTORE_PLAN_NOT_EMPTY, and as `terraformFailure` says
 */
export async function switchService(run: RestoreRun): Promise<{ readonly url: string | null }> {
  const { choice, record, planned, environment, options } = run;
  await record.requireOwn();
  if (run.steps.switching === null) {
    await run.done("switching", { at: new Date().toISOString() }, "began to switch");
  }
  const { view } = planned;
  const table = choice.isLost ? undefined : { key: choice.table, name: choice.target };
  if (table !== undefined) await writeNames(run);
  const plan =
    table === undefined ? view.plan : withTableNames(view.plan, { [table.key]: table.name });
  const stack = await options.openStack(plan, table);
  if (table !== undefined) {
    await stack.takeOver(table);
    options.onStep("let Terraform forget the table that is kept");
  }
  requireNoLosses(plan, await stack.plan());
  await record.requireOwn();
  await stack.apply();
  const versions = await stack.versions();
  const names = plan.functions.map(({ name }) => name);
  const all = names.map((name) => [name, versions[name] ?? "none"]);
  await requireDigests(environment.traffic, { ...view, plan }, Object.fromEntries(all));
  const url = await stack.url();
  await record.applied({ versions, url });
  await moveTraffic(run, names, versions);
  if (table !== undefined) await markKeptAside(run);
  if (!(await stack.isEmpty())) {
    throw new LambdakitError("RESTORE_PLAN_NOT_EMPTY", {
      message: `${choice.target} is in use, and Terraform still has something to change in ${plan.environment}.`,
      fix: `lambdakit plan --env ${plan.environment} shows what`,
    });
  }
  await run.done("settledPlan", { at: new Date().toISOString() }, "found Terraform's plan empty");
  return { url };
}

async function writeNames({ environment, record, choice }: RestoreRun): Promise<void> {
  const { table, source, target, from } = choice;
  await environment.tables.switchTo({
    at: new Date().toISOString(),
    operation: record.number,
    tables: { [table]: target },
    restored: {
      [table]: {
        from: source,
        to: from.kind === "time" ? from.to : null,
        backup: from.kind === "backup" ? from.arn : null,
      },
    },
  });
}

async function moveTraffic(
  { environment, record, options }: RestoreRun,
  names: readonly string[],
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const { traffic } = environment;
  const aliases = await readAliases(traffic, names);
  const moves = [...aliases].flatMap(([functionName, { version, canary }]) => {
    const to = versions[functionName] ?? version;
    return to === version && canary === null ? [] : [{ functionName, from: version, to }];
  });
  await moveTogether(
    traffic,
    moves,
    ({ to }) => ({ version: to, canary: null }),
    ({ functionName, from }) => aliases.get(functionName) ?? { version: from, canary: null },
  );
  await record.share(100, 0);
  if (moves.length > 0) options.onStep("led all callers to it");
}

/** A tag may have no commas. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html (2026-11-27) */
async function markKeptAside({ choice, gateways, record, options }: RestoreRun): Promise<void> {
  const { source, target, at } = choice;
  // Whoever has deleted it meanwhile does not want it kept.
  if ((await gateways.restores.read(source)) === undefined) return;
  const text = `${at} replaced by ${target} operation ${record.number}`;
  await gateways.tables.tag(source, { [keptAsideTag]: text.slice(0, 256) });
  options.onStep(`marked ${source} as kept aside`);
}

function requireNoLosses(
  { environment }: ServicePlan,
  changes: Awaited<ReturnType<RestoreStack["plan"]>>,
): void {
  const losses = changes.filter(({ losesData }) => losesData).map(({ address }) => address);
  if (losses.length === 0) return;
  throw new LambdakitError("DEPLOY_LOSES_DATA", {
    message: `With this plan all data is lost in:\n${losses.join("\n")}\nA restore deletes nothing: it was not applied.`,
    fix: `lambdakit plan --env ${environment} shows why`,
  });
}
