import type { DrillPorts } from "./drill-ports.ts";

/** What is looked at in the region that takes over. */
export type AwayPorts = Pick<DrillPorts, "heartbeats" | "tableNow" | "isServed" | "isUnfinished">;

/**
 * The ports of a drill whose region is lost for a while: what is asked meanwhile is asked where the service stands by.
 *
 * @param setLost lets nobody get anywhere in the region, or everybody again
 */
export function regionPorts(
  home: DrillPorts,
  away: AwayPorts,
  setLost: (isLost: boolean) => void,
): DrillPorts {
  let asked: AwayPorts = home;
  return {
    ...home,
    heartbeats: {
      write: (table, heartbeat) => home.heartbeats.write(table, heartbeat),
      corrupt: (table, heartbeat) => home.heartbeats.corrupt(table, heartbeat),
      whole: (table, sent) => asked.heartbeats.whole(table, sent),
      async remove(table, sent) {
        await home.heartbeats.remove(table, sent);
        await away.heartbeats.remove(table, sent);
      },
    },
    tableNow: () => asked.tableNow(),
    isServed: () => asked.isServed(),
    isUnfinished: async () => (await home.isUnfinished()) || (await away.isUnfinished()),
    region: {
      async lose() {
        setLost(true);
        asked = away;
      },
      async regain() {
        setLost(false);
        asked = home;
      },
    },
  };
}
