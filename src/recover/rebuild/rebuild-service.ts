import {
  allAtOnce,
  type BringLiveOptions,
  bringLive,
  type Consent,
  copyRelease,
  type PlannedStack,
  planDigest,
  requireConsent,
  requireStack,
} from "../../release/index.ts";
import type { Verification } from "../../verify/index.ts";
import { type Patience, requireGoOn } from "../pause.ts";
import { bringTable } from "./bring-table.ts";
import type { PlannedRebuild, RebuiltEnvironment } from "./plan-rebuild.ts";
import type { RebuildRecord } from "./rebuild-records.ts";
import { type ReleaseSource, releasesOf } from "./release-source.ts";

export interface RebuildOptions<Stack extends PlannedStack> extends Patience {
  readonly source: ReleaseSource;
  readonly consent: Consent;
  /** Makes what an account needs before its first deploy; what is there already stays. */
  readonly prepareAccount: () => Promise<void>;
  /** @param tables that are there already, and are to be taken over: their names by their keys */
  readonly openStack: (
    planned: PlannedRebuild,
    tables: Readonly<Record<string, string>>,
  ) => Promise<Stack>;
  readonly verifierOf: (stack: Stack) => BringLiveOptions["verify"];
  /** Told of each step when it is done, in the past tense. */
  readonly onStep: (what: string) => void;
}

/** What became of it. */
export interface Rebuilt<Stack extends PlannedStack> {
  readonly stack: Stack;
  /** By the table's key. */
  readonly brought: RebuildRecord["brought"];
  readonly verification: Verification | undefined;
}

/**
 * Makes a service again in an account that has nothing of it: the account, the release's bytes, the items, then the
 * service, verified. Each step can be done twice: run again after it was cut off anywhere, it ends in the same state.
 *
 * @throws {LambdakitError} DEPLOY_NOT_CONFIRMED, RELEASE_STACK_DIFFERS, DEPLOY_LOSES_DATA, and as each step says
 */
export async function rebuildService<Stack extends PlannedStack>(
  { environment, records, gateways }: RebuiltEnvironment,
  planned: PlannedRebuild,
  options: RebuildOptions<Stack>,
): Promise<Rebuilt<Stack>> {
  const { release, plan } = planned;
  const { consent, source, interrupted, onStep } = options;
  const command = `lambdakit dr rebuild --env ${plan.environment}`;
  requireConsent(consent, plan, command);
  await options.prepareAccount();
  requireGoOn(interrupted);
  const { tables } = await records.begin(
    planned.begun?.started ?? {
      at: new Date().toISOString(),
      by: environment.by,
      release: release.id,
      from: source.name,
      tables: planned.tables,
      confirmation: consent.confirmation,
      reason: consent.reason,
    },
  );
  onStep("wrote down what comes back from where");
  const copied = await copyRelease(release, releasesOf(source), environment.releases);
  onStep(`copied ${copied} new ${copied === 1 ? "zip" : "zips"} from ${source.name}`);
  const brought = { ...planned.begun?.brought };
  for (const table of tables) {
    if (brought[table.key] !== undefined) continue;
    requireGoOn(interrupted);
    const state = await bringTable(table, plan.region, gateways, options);
    await records.brought(table.key, state);
    brought[table.key] = state;
    onStep(`${table.source.kind === "empty" ? "left to Terraform" : "brought back"} ${table.name}`);
  }
  const there = tables.filter((one) => one.source.kind !== "empty");
  const stack = await options.openStack(
    planned,
    Object.fromEntries(there.map(({ key, name }) => [key, name])),
  );
  requireStack(stack, release);
  const changes = await stack.plan();
  const losses = changes.filter(({ losesData }) => losesData).map(({ address }) => address);
  requireConsent({ ...consent, allowDataLoss: false }, plan, command, losses);
  const verification = await bringLive(environment, {
    action: "rebuild",
    release,
    plan,
    operations: await environment.history.read(),
    stack,
    planDigest: planDigest(release.id, plan.environment, changes),
    consent,
    steps: allAtOnce,
    verify: options.verifierOf(stack),
    interrupted,
    onStep,
  });
  return { stack, brought, verification };
}
