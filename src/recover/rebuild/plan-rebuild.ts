import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import {
  isSettled,
  type Operation,
  type Release,
  type ReleaseEnvironment,
  readAliases,
} from "../../release/index.ts";
import type { RebuildGateways } from "./rebuild-gateways.ts";
import type { RebuildRecord, RebuildRecords } from "./rebuild-records.ts";
import { earlierNames, lostRelease, type ReleaseSource, releasesOf } from "./release-source.ts";
import { findTableSources, type SourcedTable } from "./table-source.ts";

/** An environment that is to be there again. */
export interface RebuiltEnvironment {
  readonly environment: ReleaseEnvironment;
  readonly records: RebuildRecords;
  readonly gateways: RebuildGateways;
}

/** What a rebuild would do, or goes on with. */
export interface PlannedRebuild {
  readonly release: Release;
  /** Of the release. */
  readonly plan: ServicePlan;
  readonly tables: readonly SourcedTable[];
  /** What was begun before this command; nothing where it is the first. */
  readonly begun: RebuildRecord | undefined;
  readonly isDone: boolean;
}

export interface PlanRebuildOptions {
  readonly source: ReleaseSource;
  /** How its id begins. @default what was live */
  readonly release: string | undefined;
  readonly acceptsEmptyTables: boolean;
  /** Whether the account has the bucket that everything is written down in. */
  readonly isPrepared: boolean;
}

/**
 * Works out how a service comes back in an account that has nothing of it, or finds what was begun of that. Changes
 * nothing.
 *
 * @param atHand the plan of the manifest that is at hand
 * @throws {LambdakitError} REBUILD_NOT_EMPTY, REBUILD_NO_DATA, and as {@link lostRelease} says
 */
export async function planRebuild(
  { environment, records, gateways }: RebuiltEnvironment,
  atHand: ServicePlan,
  { source, release: start, acceptsEmptyTables, isPrepared }: PlanRebuildOptions,
): Promise<PlannedRebuild> {
  const { environment: name } = environment;
  const begun = isPrepared ? await records.read() : undefined;
  const operations = isPrepared ? await environment.history.read() : [];
  await requireEmpty(environment, atHand, gateways, { begun, operations });
  const release =
    begun === undefined
      ? await lostRelease(source, name, start)
      : await releasesOf(source).load(begun.started.release);
  const plan = await releasesOf(source).planOf(release, name);
  if (begun !== undefined) {
    const aliases = await readAliases(
      environment.traffic,
      plan.functions.map((one) => one.name),
    );
    const isDone = isSettled(operations, release.id, aliases);
    return { release, plan, tables: begun.started.tables, begun, isDone };
  }
  const tables = await findTableSources(plan, gateways, {
    earlierNames: await earlierNames(source),
    acceptsEmptyTables,
  });
  return { release, plan, tables, begun, isDone: false };
}

/**
 * Lets nobody build over what is there: a rebuild is the answer to nothing.
 *
 * @throws {LambdakitError} REBUILD_NOT_EMPTY
 */
async function requireEmpty(
  { traffic, environment }: ReleaseEnvironment,
  plan: ServicePlan,
  { restores }: RebuildGateways,
  {
    begun,
    operations,
  }: {
    readonly begun: RebuildRecord | undefined;
    readonly operations: readonly Operation[];
  },
): Promise<void> {
  const others = operations.filter(({ started }) => started.action !== "rebuild");
  const found = others.length === 0 ? [] : [`a history of ${others.length} operations`];
  // What it has made itself, it goes on with.
  if (begun === undefined) {
    const functions = plan.functions.map(({ name }) => name);
    const tables = plan.tables.filter(({ existing }) => !existing).map(({ name }) => name);
    const [aliases, states] = await Promise.all([
      readAliases(traffic, functions),
      Promise.all(tables.map((name) => restores.read(name))),
    ]);
    found.push(...[...aliases.keys()].map((name) => `the function ${name}`));
    found.push(...tables.filter((_, at) => states[at] !== undefined).map((one) => `table ${one}`));
  }
  if (found.length === 0) return;
  throw new LambdakitError("REBUILD_NOT_EMPTY", {
    message: `${plan.accountId} is not empty: it has ${found.join(", ")} of ${environment}. Nothing was changed.`,
    fix: `lambdakit status --env ${environment} says what is wrong; a lost table: lambdakit dr restore; a bad release: lambdakit rollback`,
  });
}
