import type { IncomingHttpHeaders } from "node:http";
import { type Json, withMore } from "./aws-call.ts";
import type { Ask, Emulator } from "./emulator.ts";
import { type Carried, GlobalTable, type ItemWrite } from "./global-table.ts";
import type { Outages } from "./outages.ts";
import { figuresAtOnce, figuresForm, type TableFigure } from "./replication-figures.ts";
import type { TableStream } from "./table-stream.ts";

/** Who has called, for which account. */
export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly account: string;
}

/** What replicas have around them. */
export interface Replication {
  readonly emulator: Emulator;
  readonly outages: Outages;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly lagMilliseconds: number;
  /** Writes to a table as a caller does. */
  readonly write: (scope: string, operation: string, input: Json, ask: Ask) => Promise<void>;
}

/** A table in all of its regions. */
export class ReplicaGroup {
  readonly name: string;
  readonly #around: Replication;
  readonly #table = new GlobalTable();
  /** The stream of each; null until everything was copied there. */
  readonly #streams = new Map<string, TableStream | null>();

  constructor(name: string, around: Replication) {
    this.name = name;
    this.#around = around;
  }

  has(region: string): boolean {
    return this.#streams.has(region);
  }

  set(region: string, stream: TableStream | null): void {
    this.#streams.set(region, stream);
  }

  leave(region: string): void {
    this.#streams.delete(region);
    this.#table.leave(region);
  }

  /** A description of the table in one region, with its replicas in the others. */
  described(region: string, output: Json): Json {
    if (!this.has(region)) return output;
    const others = [...this.#streams].filter(([other]) => other !== region);
    const isMade = this.#streams.get(region) !== null;
    const isBusy = others.some(([, stream]) => stream === null);
    return withMore(output, {
      GlobalTableVersion: "2019.11.21",
      Replicas: others.map(([RegionName, stream]) => ({
        RegionName,
        ReplicaStatus: stream === null ? "CREATING" : "ACTIVE",
      })),
      ...(!isMade && { TableStatus: "CREATING" }),
      ...(isMade && isBusy && { TableStatus: "UPDATING" }),
    });
  }

  /** Brings what has arrived by now to where it was sent. */
  async carry(caller: Caller): Promise<void> {
    const { emulator, outages, now, lagMilliseconds } = this.#around;
    for (const [region, stream] of this.#streams) {
      const heard = await stream?.read(emulator.askAs(caller.headers, region), now());
      if (heard !== undefined) await this.#take(caller, region, heard);
    }
    const arrivalOf = ({ from, to, at }: Carried) =>
      this.#streams.get(to) ? outages.arrival([from, to], at, lagMilliseconds) : null;
    for (const one of this.#table.arrived(now(), arrivalOf)) {
      await this.#put(caller, one);
      const at = arrivalOf(one) ?? now();
      await this.#tell(caller, one.from, [
        this.#figure("ReplicationLatency", at - one.at, at, one.to),
      ]);
    }
  }

  async #take(caller: Caller, region: string, writes: readonly ItemWrite[]): Promise<void> {
    for (const write of writes) this.#table.take(region, write, this.#streams.keys());
    const figures = writes.map(({ at, item }) => {
      // One unit for each KB that was begun.
      const units = Math.max(1, Math.ceil(JSON.stringify(item ?? {}).length / 1_024));
      return this.#figure("ConsumedWriteCapacityUnits", units, at, null);
    });
    await this.#tell(caller, region, figures);
  }

  /** Puts it there, and does not take it for a write of somebody's. */
  async #put(caller: Caller, { to, key, item }: Carried): Promise<void> {
    const ask = this.#around.emulator.askAs(caller.headers, to);
    const TableName = this.name;
    const scope = `${caller.account}/${to}`;
    if (item === null) await this.#around.write(scope, "DeleteItem", { TableName, Key: key }, ask);
    else await this.#around.write(scope, "PutItem", { TableName, Item: item }, ask);
    const heard = (await this.#streams.get(to)?.read(ask, this.#around.now())) ?? [];
    const text = JSON.stringify([key, item]);
    const own = heard.findIndex((one) => JSON.stringify([one.key, one.item]) === text);
    const others = heard.filter((_, index) => index !== own);
    await this.#take(caller, to, others);
  }

  #figure(
    name: TableFigure["name"],
    value: number,
    at: number,
    receivingRegion: string | null,
  ): TableFigure {
    return { name, table: this.name, receivingRegion, value, at };
  }

  async #tell(caller: Caller, region: string, figures: readonly TableFigure[]): Promise<void> {
    for (let start = 0; start < figures.length; start += figuresAtOnce) {
      const form = figuresForm(figures.slice(start, start + figuresAtOnce));
      await this.#around.emulator.post(caller.headers, { service: "monitoring", region }, form);
    }
  }
}
