import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import { type Consent, requireConsent } from "./consent.ts";
import { requireDigests } from "./digests.ts";
import { originOf, type ReleaseEnvironment } from "./environment.ts";
import type { Operation } from "./history/operation.ts";
import {
  deployedUrl,
  liveRelease,
  publicationOf,
  releaseBefore,
  versionsOf,
} from "./history/state.ts";
import { betweenText, isBetween, leftBehind } from "./require-free.ts";
import { requireNoRestore } from "./require-no-restore.ts";
import { requireSameTables } from "./require-same-tables.ts";
import { type AliasStates, type Move, moveTogether, readAliases } from "./traffic/traffic.ts";
import { type Way, wayTo } from "./way.ts";

/** What a rollback would do. */
export interface Rollback extends Way {
  /** Of the release that is gone to. */
  readonly plan: ServicePlan;
  /** The release that is left; null where that is not known. */
  readonly from: string | null;
  /** Those that lead elsewhere now. */
  readonly moves: readonly Move[];
  /** Functions of the release that do not exist any more. */
  readonly gone: readonly string[];
  /** Where the traffic was left between two releases: how. */
  readonly between: string | null;
  readonly aliases: AliasStates;
  readonly operations: readonly Operation[];
  readonly continues: number | null;
}

/**
 * Works out how to go back to the release before, or to any recorded one.
 *
 * @param to how its id begins. @default the one that was live before
 * @throws {LambdakitError} RELEASE_BUSY, RELEASE_UNFINISHED, RELEASE_UNKNOWN, RELEASE_NOTHING_BEFORE,
 *   RELEASE_NOT_HERE, RELEASE_OTHER_TABLE, RELEASE_DIGEST_DIFFERS
 */
export async function planRollback(
  environment: ReleaseEnvironment,
  to: string | undefined,
): Promise<Rollback> {
  const { history, releases, place, traffic } = environment;
  const operations = await history.read();
  const left = leftBehind(operations, environment.environment, place);
  requireNoRestore(operations, environment.environment, left);
  const usual = usualWay(operations, left);
  const target = to ?? usual.to;
  if (target === null) throw nothingBefore(environment.environment, usual.from);
  const release = await releases.find(target);
  // Forward to what was left half-way is away from what it came from.
  const current = left !== undefined && usual.from === release.id ? usual.to : usual.from;
  const names = Object.keys(versionsOf(operations, release.id) ?? {});
  const [view, from, aliases] = await Promise.all([
    releases.view(release.id, environment.environment),
    current === null ? undefined : releases.view(current, environment.environment),
    readAliases(traffic, names),
  ]);
  const way = wayTo(operations, from, view);
  const published = publicationOf(operations, release.id);
  if (way === undefined || published === undefined) {
    throw notHere(environment.environment, release.id);
  }
  requireSameTables(view.plan, published, await environment.tables.switches());
  const there = Object.entries(way.versions).filter(([name]) => aliases.has(name));
  await requireDigests(traffic, view, Object.fromEntries(there));
  const moves = [...aliases].flatMap(([functionName, { version, canary }]): Move[] => {
    const goal = way.versions[functionName] ?? version;
    return goal === version && canary === null ? [] : [{ functionName, from: version, to: goal }];
  });
  return {
    ...way,
    plan: view.plan,
    from: current,
    moves,
    aliases,
    operations,
    gone: Object.keys(way.versions).filter((name) => !aliases.has(name)),
    between: left !== undefined && isBetween(left, aliases) ? betweenText(left, aliases) : null,
    continues: left?.number ?? null,
  };
}

/**
 * Moves the aliases of all functions to a recorded release, at once and without Terraform.
 *
 * @throws {LambdakitError} DEPLOY_NOT_CONFIRMED, RELEASE_BUSY
 */
export async function rollBack(
  environment: ReleaseEnvironment,
  { release, plan, from, versions, moves, aliases, operations, continues }: Rollback,
  consent: Consent,
): Promise<void> {
  const { history, traffic } = environment;
  requireConsent(consent, plan, `lambdakit rollback --env ${plan.environment} --to ${release}`);
  const record = await history.begin(operations, {
    ...originOf(environment),
    action: "rollback",
    release,
    previous: from,
    before: Object.fromEntries([...aliases].map(([name, { version }]) => [name, version])),
    planDigest: null,
    confirmation: consent.confirmation,
    reason: consent.reason,
    continues,
  });
  await record.attempt(async () => {
    // Known beforehand: whoever finds this cut off sees from it how far it came.
    await record.applied({ versions, url: deployedUrl(operations) });
    await moveTogether(
      traffic,
      moves,
      ({ to }) => ({ version: to, canary: null }),
      ({ functionName, from }) => aliases.get(functionName) ?? { version: from, canary: null },
    );
    await record.share(100, 0);
    await record.ended("live");
  });
}

/** Without a word of where to: what was cut off is undone, and a rollback that was is carried on with. */
function usualWay(
  operations: readonly Operation[],
  left: Operation | undefined,
): { readonly from: string | null; readonly to: string | null } {
  const live = liveRelease(operations);
  switch (left?.started.action) {
    case "deploy":
    case "promote":
      return { from: left.started.release, to: left.started.previous };
    case "rollback":
      return { from: left.started.previous, to: left.started.release };
    default:
      return { from: live, to: live === null ? null : releaseBefore(operations, live) };
  }
}

function nothingBefore(environment: string, current: string | null): LambdakitError {
  return new LambdakitError("RELEASE_NOTHING_BEFORE", {
    message:
      current === null
        ? `No release is live in ${environment}, so that there is none before it.`
        : `${current} is the first release of ${environment}: there is none before it.`,
    fix: `lambdakit releases --env ${environment} shows those that there are`,
  });
}

function notHere(environment: string, id: string): LambdakitError {
  return new LambdakitError("RELEASE_NOT_HERE", {
    message: `The release ${id} never was in ${environment}, so that it has no versions there.`,
    fix: `lambdakit releases --env ${environment} shows those that were`,
  });
}
