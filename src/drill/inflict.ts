import type { DrillPorts } from "./drill-ports.ts";
import type { DrillStarted } from "./drill-records.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { scenarios } from "./scenario.ts";

export interface Inflicted {
  readonly started: DrillStarted;
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly failedAt: number;
  readonly heartbeats: readonly Heartbeat[];
}

/** Loses what the scenario says. */
export async function inflict(
  { started, number, failedAt, heartbeats: sent }: Inflicted,
  ports: DrillPorts,
): Promise<void> {
  const { heartbeats, deleteTable, breakFunction, region } = ports;
  const table = started.table.name;
  await scenarios[started.scenario].inject({
    failedAt,
    heartbeats: sent,
    deleteTable: () => deleteTable(table),
    corrupt: async (all) => {
      for (const one of all) await heartbeats.corrupt(table, one);
    },
    breakFunction,
    emptyAccount: () => emptyAccount(number, ports),
    loseRegion: async () => region?.lose(),
  });
}

/** Loses all that an account has. What was cut off is lost to its end: nothing is rebuilt over what is left. */
export async function emptyAccount(
  number: number,
  { account, records, now }: DrillPorts,
): Promise<void> {
  if (account === null) throw new Error("no account of AWS is emptied");
  await account.keepRecords();
  await account.lose();
  await records.emptied(number, new Date(now()).toISOString());
}
