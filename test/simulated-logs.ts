/** Log groups that get their lines in the course of a time that passes as fast as it can. */
import { setImmediate } from "node:timers/promises";
import type { LogEvent, LogPage, PageRequest } from "../src/aws/index.ts";
import type { Clock, LogSource } from "../src/observe/index.ts";

export interface Arrival extends LogEvent {
  readonly group: string;
  /** When CloudWatch has it: from then on it is read. */
  readonly arrivesAt: number;
}

export interface SimulatedLogs extends LogSource, Clock {
  readonly calls: readonly PageRequest[];
}

export interface Simulation {
  readonly groups: readonly string[];
  readonly arrivals: readonly Arrival[];
  /** Of the time there. @default 1_000_000 */
  readonly start?: number;
  /** @default 3 */
  readonly pageSize?: number;
  /** Whether there are empty pages that have a successor. @default false */
  readonly hasEmptyPages?: boolean;
  /** Throws what the n-th call meets, from 1. */
  readonly fails?: (call: number, request: PageRequest) => void;
  /** Hears of the time, to end something. */
  readonly onTime?: (now: number) => void;
  /** How long a call takes, in milliseconds. @default 20 */
  readonly latency?: number;
}

/** Time passes where somebody waits, and with each call. */
export function simulatedLogs(simulation: Simulation): SimulatedLogs {
  const { groups, start = 1_000_000, pageSize = 3, hasEmptyPages = false } = simulation;
  const { fails = () => {}, onTime = () => {}, latency = 20 } = simulation;
  const calls: PageRequest[] = [];
  let now = start;
  const pass = async (milliseconds: number) => {
    const until = now + milliseconds;
    await setImmediate();
    now = Math.max(now, until);
    onTime(now);
  };
  const byGroup = new Map(groups.map((group) => [group, [] as Arrival[]]));
  for (const one of simulation.arrivals) byGroup.get(one.group)?.push(one);
  for (const all of byGroup.values()) {
    all.sort((one, other) => one.timestamp - other.timestamp || one.arrivesAt - other.arrivesAt);
  }
  return {
    calls,
    now: () => now,
    ticks: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      if (!signal.aborted) await pass(milliseconds);
    },
    async page(request): Promise<LogPage | undefined> {
      calls.push(request);
      const call = calls.length;
      await pass(latency);
      fails(call, request);
      const all = byGroup.get(request.group);
      if (all === undefined) return undefined;
      const { from, to = Number.POSITIVE_INFINITY, token } = request;
      const isThere = ({ timestamp, arrivesAt }: Arrival) =>
        timestamp >= from && timestamp <= to && arrivesAt <= now;
      // A page begins behind the last event of the one before, wherever that is by now.
      const behind = token === undefined ? -1 : all.findIndex(({ id }) => token.endsWith(`@${id}`));
      if (hasEmptyPages && token !== undefined && !token.startsWith("again")) {
        return { events: [], token: `again${token}` };
      }
      const rest = all.slice(behind + 1).filter(isThere);
      const events = rest.slice(0, pageSize);
      const last = events.at(-1);
      return {
        events: events.map(({ id, timestamp, stream, message }) => {
          return { id, timestamp, stream, message };
        }),
        token: rest.length > pageSize && last !== undefined ? `next@${last.id}` : undefined,
      };
    },
  };
}
