import type { ServicePlan } from "../plan/index.ts";
import type { Verification } from "../verify/index.ts";
import type { Consent } from "./consent.ts";
import { requireDigests } from "./digests.ts";
import { originOf, type ReleaseEnvironment, type ReleaseStack } from "./environment.ts";
import type { Operation } from "./history/operation.ts";
import type { OperationRecord } from "./history/operation-record.ts";
import { liveRelease, releaseBefore } from "./history/state.ts";
import { prove, rolledBack } from "./prove.ts";
import type { Release } from "./release.ts";
import { requireFree } from "./require-free.ts";
import type { CanaryStep } from "./traffic/canary.ts";
import { shiftTraffic } from "./traffic/shift.ts";
import { type AliasStates, type Move, readAliases } from "./traffic/traffic.ts";
import { findFault } from "./traffic/watch.ts";

export interface BringLiveOptions {
  readonly action: "deploy" | "promote" | "standby" | "rebuild";
  readonly release: Release;
  /** The release's plan of this environment. */
  readonly plan: ServicePlan;
  readonly operations: readonly Operation[];
  readonly stack: ReleaseStack;
  readonly planDigest: string;
  readonly consent: Consent;
  readonly steps: readonly CanaryStep[];
  /** Looks whether the service does what it promises; left out where nobody looks. */
  readonly verify?: (() => Promise<Verification>) | undefined;
  readonly interrupted?: AbortSignal | undefined;
  readonly onStep: (what: string) => void;
}

/**
 * Makes a release live in an environment: Terraform first, then the traffic, then a look at whether it does
 * what it promises; and goes back where it does not.
 *
 * @throws {LambdakitError} RELEASE_BUSY, RELEASE_UNFINISHED, RELEASE_DIGEST_DIFFERS, RELEASE_TAKEN_OVER;
 *   RELEASE_ROLLED_BACK where it went back, RELEASE_NOT_VERIFIED where there was nothing to go back to
 */
export async function bringLive(
  environment: ReleaseEnvironment,
  options: BringLiveOptions,
): Promise<Verification | undefined> {
  const { plan, release, stack, onStep } = options;
  const view = { release, plan };
  const names = plan.functions.map(({ name }) => name);
  const aliases = await readAliases(environment.traffic, names);
  const { operation, before } = await begin(environment, options, aliases);
  return operation.attempt(async () => {
    await stack.apply();
    const versions = await stack.versions();
    const all = names.map((name) => [name, versions[name] ?? "none"]);
    await requireDigests(environment.traffic, view, Object.fromEntries(all));
    await operation.applied({ versions, url: await stack.url() });
    onStep("looked whether Lambda has what the release says");
    const moves = movesTo(versions, before, await readAliases(environment.traffic, names));
    await shift(environment, options, operation, moves);
    return prove(environment.traffic, options, operation, moves);
  });
}

async function begin(
  { history, place, ...environment }: ReleaseEnvironment,
  { action, release, plan, operations, planDigest, consent }: BringLiveOptions,
  aliases: AliasStates,
): Promise<{
  readonly operation: OperationRecord;
  readonly before: Readonly<Record<string, string>>;
}> {
  const left = requireFree(operations, place, {
    environment: plan.environment,
    release: release.id,
    aliases,
  });
  const now = Object.fromEntries([...aliases].map(([name, { version }]) => [name, version]));
  // What was cut off has moved some of them already: back is where they were before that.
  const before = { ...now, ...left?.started.before };
  const live = liveRelease(operations);
  const operation = await history.begin(operations, {
    ...originOf({ history, place, ...environment }),
    action,
    release: release.id,
    previous: live === release.id ? releaseBefore(operations, live) : live,
    before,
    planDigest,
    confirmation: consent.confirmation,
    reason: consent.reason,
    continues: left?.number ?? null,
  });
  return { operation, before };
}

/** The functions whose callers get something else now. One that was not there before has nowhere to come from. */
function movesTo(
  versions: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
  aliases: AliasStates,
): Move[] {
  return [...aliases].flatMap(([functionName, { version, canary }]) => {
    const to = versions[functionName] ?? version;
    const from = before[functionName] ?? version;
    return from === to && version === to && canary === null ? [] : [{ functionName, from, to }];
  });
}

async function shift(
  { traffic, signals }: ReleaseEnvironment,
  { plan, steps, interrupted, onStep }: BringLiveOptions,
  record: OperationRecord,
  moves: readonly Move[],
): Promise<void> {
  if (moves.length === 0) return;
  const { alarms, deployment } = plan;
  const firing = steps.length === 0 ? [] : await signals.firing(alarms.map(({ name }) => name));
  const since = new Date();
  const firedBefore = new Set(firing.map(({ name }) => name));
  const fault = await shiftTraffic({
    traffic,
    moves,
    steps,
    interrupted,
    requireOwn: () => record.requireOwn(),
    findFault: () =>
      findFault({ signals, alarms, alias: deployment.alias, moves, firedBefore, since }),
    onShare: async (percent, seconds) => {
      await record.share(percent, seconds);
      onStep(percent === 100 ? "gave it all the traffic" : `gave it ${percent} % of the traffic`);
    },
  });
  if (fault !== undefined) throw rolledBack(plan.environment, fault);
}
