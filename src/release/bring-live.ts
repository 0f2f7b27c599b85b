import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { Verification } from "../verify/index.ts";
import type { Consent } from "./consent.ts";
import { digestsOf, originOf, type ReleaseEnvironment, type ReleaseStack } from "./environment.ts";
import type { Operation } from "./history/operation.ts";
import type { OperationRecord } from "./history/operation-record.ts";
import { liveRelease, releaseBefore } from "./history/state.ts";
import type { Release } from "./release.ts";
import { requireFree } from "./require-free.ts";
import type { CanaryStep } from "./traffic/canary.ts";
import { shiftTraffic } from "./traffic/shift.ts";
import { type AliasStates, type Move, moveTogether, readAliases } from "./traffic/traffic.ts";
import { findFault } from "./traffic/watch.ts";

export interface BringLiveOptions {
  readonly action: "deploy" | "promote";
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
  const names = plan.functions.map(({ name }) => name);
  const aliases = await readAliases(environment.traffic, names);
  const record = await begin(environment, options, aliases);
  const before = record.before;
  try {
    await stack.apply();
    const versions = await stack.versions();
    await requireDigests(environment, digestsOf(plan, release.artifacts), versions);
    await record.operation.applied({ versions, url: await stack.url() });
    onStep("looked whether Lambda has what the release says");
    const moves = movesTo(versions, before, await readAliases(environment.traffic, names));
    await shift(environment, options, record.operation, moves);
    return await prove(environment, options, record.operation, moves);
  } catch (error) {
    // Where that cannot be written, it stays unfinished, and the next command sees it.
    const why = (error as Error).message;
    await record.operation.ended(outcomeOf(error), why).catch(() => {});
    throw error;
  }
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

/** @throws {LambdakitError} RELEASE_DIGEST_DIFFERS */
async function requireDigests(
  { traffic }: ReleaseEnvironment,
  wanted: Readonly<Record<string, string>>,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const wrong = await Promise.all(
    Object.entries(wanted).map(async ([name, sha256]) => {
      const version = versions[name] ?? "none";
      const there = await traffic.sha256Of(name, version);
      return there === sha256
        ? []
        : `${name}:${version} is ${there?.slice(0, 12) ?? "not there"}, the release says ${sha256.slice(0, 12)}`;
    }),
  );
  if (wrong.flat().length === 0) return;
  throw new LambdakitError("RELEASE_DIGEST_DIFFERS", {
    message: `Lambda has something else than the release. The traffic was not moved.\n${wrong.flat().join("\n")}`,
    fix: "look in CloudTrail who has changed the functions, and run the command again",
  });
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

async function prove(
  { traffic }: ReleaseEnvironment,
  { plan, verify, onStep }: BringLiveOptions,
  record: OperationRecord,
  moves: readonly Move[],
): Promise<Verification | undefined> {
  if (verify === undefined) {
    await record.ended("live");
    return undefined;
  }
  const verification = await verify();
  await record.verified({ digests: await liveDigests(traffic, plan), verification });
  if (verification.passed) {
    onStep(`verified it with ${verification.checks.length} checks`);
    await record.ended("live");
    return verification;
  }
  const failed = verification.checks.filter(({ passed }) => !passed);
  const why = failed.map(({ what, detail }) => `${what}${detail ? `: ${detail}` : ""}`).join("\n");
  const back = moves.filter(({ from, to }) => from !== to);
  if (back.length === 0) {
    throw new LambdakitError("RELEASE_NOT_VERIFIED", {
      message: `The release is live in ${plan.environment}, and does not do what it promises. There is nothing to go back to.\n${why}`,
      fix: "correct it, and deploy it again",
    });
  }
  await record.requireOwn();
  const first = ({ from }: Move) => ({ version: from, canary: null });
  await moveTogether(traffic, back, first, first);
  throw rolledBack(plan.environment, `it does not do what it promises:\n${why}`);
}

/** What answers now. */
export async function liveDigests(
  traffic: ReleaseEnvironment["traffic"],
  plan: Pick<ServicePlan, "functions">,
): Promise<Record<string, string>> {
  const aliases = await readAliases(
    traffic,
    plan.functions.map(({ name }) => name),
  );
  const digests = [...aliases].map(async ([name, { version, canary }]) => {
    const sha256 = canary === null ? await traffic.sha256Of(name, version) : undefined;
    return [name, sha256 ?? "more than one version"] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

function rolledBack(environment: string, why: string): LambdakitError {
  return new LambdakitError("RELEASE_ROLLED_BACK", {
    message: `The release was rolled back in ${environment}: ${why}`,
    fix: "look into the log of the functions, and correct it",
  });
}

function outcomeOf(error: unknown): "rolled-back" | "failed" {
  return Object(error).code === "RELEASE_ROLLED_BACK" ? "rolled-back" : "failed";
}
