import { objectOf, objectsOf } from "./aws-call.ts";
import { type Ask, Refusal } from "./emulator.ts";
import { keyNamesOf, scan } from "./followed-tables.ts";
import { fill, restoredTable } from "./point-in-time.ts";
import { type Caller, ReplicaGroup, type Replication } from "./replica-group.ts";
import { TableStream } from "./table-stream.ts";

/** A table that an emulator has in several regions, and nothing that copies it from one to the other. */
export interface ReplicatedTable {
  readonly table: string;
  readonly regions: readonly string[];
}

/**
 * The replicas of tables in other regions, as version 2019.11.21 of global tables has them. What arrives is looked at
 * with each call, and not by the clock: whoever asks sees what is there by then.
 */
export class Replicas {
  readonly #around: Replication;
  readonly #declared: readonly ReplicatedTable[];
  readonly #groups = new Map<string, ReplicaGroup>();
  readonly #copying = new Set<Promise<void>>();
  #queue: Promise<unknown> = Promise.resolve();

  /** @param declared tables that are replicas of each other from the first call on that meets them */
  constructor(around: Replication, declared: readonly ReplicatedTable[]) {
    this.#around = around;
    this.#declared = declared;
  }

  /** Of a table; nothing where it has no replicas. */
  of(account: string, name: string): ReplicaGroup | undefined {
    return this.#groups.get(`${account}/${name}`);
  }

  /** Brings what has arrived by now to where it was sent, of all tables of an account, and of those that are met now. */
  carry(caller: Caller, met: readonly string[]): Promise<void> {
    const carried = this.#queue.then(async () => {
      for (const name of met) await this.#meet(caller, name);
      for (const [id, group] of this.#groups) {
        if (!id.startsWith(`${caller.account}/`)) continue;
        await group.carry(caller).catch((error) => {
          if (!(error instanceof Refusal)) throw error;
          // Somebody has gone around, and deleted it.
          this.#groups.delete(id);
        });
      }
    });
    this.#queue = carried.catch(() => {});
    return carried;
  }

  /**
   * Makes and deletes replicas of a table that is in a region.
   *
   * @param updates `ReplicaUpdates` of UpdateTable
   * @throws {Refusal} ValidationException
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicationGroupUpdate.html (2026-11-27)
   */
  async update(caller: Caller, region: string, name: string, updates: unknown): Promise<void> {
    for (const update of objectsOf(updates)) {
      const { RegionName: made } = objectOf(update.Create);
      const { RegionName: deleted } = objectOf(update.Delete);
      if (typeof made === "string") await this.#make(caller, region, name, made);
      if (typeof deleted === "string") await this.#delete(caller, name, deleted);
    }
  }

  /** Waits for the copies that are under way, and throws what these failed with. */
  async settle(): Promise<void> {
    await Promise.all(this.#copying);
  }

  async #meet(caller: Caller, name: string): Promise<void> {
    const found = this.#declared.find(({ table }) => table === name);
    if (found === undefined || this.of(caller.account, name) !== undefined) return;
    const group = new ReplicaGroup(name, this.#around);
    try {
      for (const region of found.regions) {
        group.set(region, await TableStream.open(name, this.#ask(caller, region)));
      }
    } catch (error) {
      // Where it is not in all of them yet, it is no replica.
      if (error instanceof Refusal) return;
      throw error;
    }
    this.#groups.set(`${caller.account}/${name}`, group);
  }

  async #make(caller: Caller, region: string, name: string, made: string): Promise<void> {
    const group = this.of(caller.account, name) ?? new ReplicaGroup(name, this.#around);
    const source = this.#ask(caller, region);
    const target = this.#ask(caller, made);
    if (!group.has(region)) group.set(region, await TableStream.open(name, source));
    const { Table } = await source("DescribeTable", { TableName: name });
    await target("CreateTable", restoredTable(objectOf(Table), { TargetTableName: name })).catch(
      (error) => {
        if (error.type !== "ResourceInUseException") throw error;
        throw new Refusal(
          "ValidationException",
          `Failed to create a the new replica of table with name: '${name}' because one or more replicas already existed as tables.`,
        );
      },
    );
    group.set(made, null);
    this.#groups.set(`${caller.account}/${name}`, group);
    const copying = copyItems(name, source, target).then(async () => {
      group.set(made, await TableStream.open(name, target));
    });
    this.#copying.add(copying);
    // A failure is told by settle; until then the replica stays as it is on AWS where one hangs.
    copying.catch(() => {});
  }

  async #delete(caller: Caller, name: string, region: string): Promise<void> {
    const group = this.of(caller.account, name);
    if (group === undefined || !group.has(region)) {
      throw new Refusal(
        "ValidationException",
        "Update global table operation failed because one or more replicas were not part of the global table.",
      );
    }
    await this.#ask(caller, region)("DeleteTable", { TableName: name });
    group.leave(region);
  }

  #ask({ headers }: Caller, region: string): Ask {
    return this.#around.emulator.askAs(headers, region);
  }
}

/** What is written meanwhile is in the stream, and is carried after it. */
async function copyItems(name: string, source: Ask, target: Ask): Promise<void> {
  const { Table } = await source("DescribeTable", { TableName: name });
  await fill(name, (await scan(name, keyNamesOf(Table), source)).values(), target);
}
