import { type RestoredState, targetTaken } from "../../aws/index.ts";
import { type Patience, waitFor } from "../pause.ts";
import { restoreItems } from "../restore/bring-items.ts";
import type { RebuildGateways } from "./rebuild-gateways.ts";
import type { BroughtTable } from "./rebuild-records.ts";
import type { SourcedTable, TableSource } from "./table-source.ts";

/**
 * Gives a table its items again, under its own name; run again after it was cut off, it waits for what was begun. Every
 * other setting Terraform gives it, which takes it over.
 *
 * @param region the service's own
 * @throws {LambdakitError} RESTORE_TARGET_TAKEN, RESTORE_FAILED, RESTORE_LIMIT, RESTORE_NO_BACKUP, or as `awsError` says
 */
export async function bringTable(
  { name, source }: SourcedTable,
  region: string,
  gateways: RebuildGateways,
  patience: Patience,
): Promise<BroughtTable> {
  const state = await bring(name, source, region, gateways, patience);
  const at = new Date().toISOString();
  return { at, items: state?.items ?? null, bytes: state?.bytes ?? null };
}

async function bring(
  name: string,
  source: TableSource,
  region: string,
  gateways: RebuildGateways,
  patience: Patience,
): Promise<RestoredState | undefined> {
  switch (source.kind) {
    case "empty":
      return undefined;
    case "backup": {
      const from = { ...source, kind: "backup" } as const;
      return restoreItems({ source: name, target: name, from }, gateways.restores, patience);
    }
    case "replica":
      return replicate(name, region, gateways, patience);
  }
}

/**
 * DynamoDB copies the whole table when a replica is added, and takes no other table of that name into it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html (2026-11-27)
 */
async function replicate(
  name: string,
  region: string,
  { restores, standby }: RebuildGateways,
  patience: Patience,
): Promise<RestoredState | undefined> {
  if (standby === null) return undefined;
  const { replicas } = standby;
  const there = await replicas.read(name);
  if (there?.replicas[region] === undefined) {
    if ((await restores.read(name)) !== undefined) throw targetTaken(name);
    await replicas.addReplica(name, region);
  }
  return waitFor(`${name} to be copied from ${standby.region}`, patience, async () => {
    const now = await replicas.read(name);
    if (now?.replicas[region] !== "ACTIVE") return undefined;
    const state = await restores.read(name);
    return state?.status === "ACTIVE" ? state : undefined;
  });
}
