import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan, TablePlan } from "../../plan/index.ts";
import { isAvailable } from "../backup/is-available.ts";
import { newestFirst } from "../backup/newest-first.ts";
import type { RebuildGateways } from "./rebuild-gateways.ts";

/** What the items of a table come back from, where nothing of it is left in its own region. */
export type TableSource =
  /** The table of the same name in the region that stands by: a global table gets a replica more. */
  | { readonly kind: "replica"; readonly region: string; readonly bytes: number | null }
  | {
      readonly kind: "backup";
      readonly arn: string;
      readonly name: string;
      readonly at: string;
      readonly bytes: number | null;
    }
  /** Terraform makes it, without an item. */
  | { readonly kind: "empty" };

/** A table of the service, and what it comes back from. */
export interface SourcedTable {
  readonly key: string;
  readonly name: string;
  readonly source: TableSource;
}

/**
 * What each table of the service's own comes back from: a replica has what was written last, then the newest backup.
 *
 * @param earlierNames what tables were called after restores, by their keys: their backups have these names
 * @throws {LambdakitError} REBUILD_NO_DATA where there is neither, unless empty tables are accepted
 */
export async function findTableSources(
  { tables, environment }: Pick<ServicePlan, "tables" | "environment">,
  gateways: RebuildGateways,
  {
    earlierNames,
    acceptsEmptyTables,
  }: {
    readonly earlierNames: Readonly<Record<string, readonly string[]>>;
    readonly acceptsEmptyTables: boolean;
  },
): Promise<SourcedTable[]> {
  const own = tables.filter(({ existing }) => !existing);
  const found = await Promise.all(
    own.map(async ({ key, name }) => {
      const source = await sourceOf(name, gateways, earlierNames[key] ?? []);
      return { key, name, source: source ?? ({ kind: "empty" } as const) };
    }),
  );
  const empty = found.filter(({ source }) => source.kind === "empty");
  if (empty.length === 0 || acceptsEmptyTables) return found;
  const places = ["no backup in its own region", ...(gateways.standby ? ["no replica"] : [])];
  throw new LambdakitError("REBUILD_NO_DATA", {
    message: `Of ${empty.map(({ name }) => name).join(", ")} there is ${places.join(", and ")}: what was in it would be lost. Nothing was changed.`,
    fix: `make sure that nobody has a copy; then lambdakit dr rebuild --env ${environment} --accept-empty-tables`,
  });
}

async function sourceOf(
  name: TablePlan["name"],
  { backups, standby }: RebuildGateways,
  earlier: readonly string[],
): Promise<TableSource | undefined> {
  const replica = await standby?.replicas.read(name);
  if (standby !== null && replica?.status === "ACTIVE") {
    return { kind: "replica", region: standby.region, bytes: replica.bytes };
  }
  const names = [...new Set([name, ...earlier])];
  const lists = await Promise.all(names.map((one) => backups.list(one)));
  const [newest] = lists.flat().filter(isAvailable).sort(newestFirst);
  if (newest === undefined) return undefined;
  const { arn, at, bytes } = newest;
  return { kind: "backup", arn, name: newest.name, at, bytes };
}
