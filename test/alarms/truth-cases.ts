/**
 * For each kind of alarm the traffic that has to make it fire, and the nearest that must not: as somebody who is
 * woken would have it. What the numbers of an alarm are is read from it; what they mean stands here.
 */
import type { AlarmKind, AlarmPlan } from "../../src/plan/index.ts";
import { inARow, type Minute, seriesName, spread, type TruthCase, times } from "./minutes.ts";

export function truthCases(alarm: AlarmPlan): TruthCase[] {
  return cases[alarm.kind](alarm);
}

type Window = readonly Minute[];

/** Many enough that one more or less is told apart by a ten thousandth of a percent. */
const many = 1_000_000;

/** Failures among requests, spread over a window of some minutes. */
type Traffic = (failures: number, requests: number, minutes: number) => Window;

const cases: Readonly<Record<AlarmKind, (alarm: AlarmPlan) => TruthCase[]>> = {
  "function-errors": shares(together("Errors", "Invocations")),
  // What is throttled is not invoked.
  "function-throttles": shares((failures, requests, minutes) =>
    together("Throttles", "Invocations")(failures, requests - failures, minutes),
  ),
  "function-duration": slowness("Duration", "Invocations"),
  "function-concurrency": concurrency,
  "api-server-errors": shares(together("5XXError", "Count")),
  "api-error-budget": shares(together("5XXError", "Count")),
  "api-latency": slowness("Latency", "Count"),
  "table-throttles": totals,
  "table-system-errors": totals,
  "backup-age": backups,
  "replication-latency": replication,
};

/** A backup of each table in a period is what there should be; nothing is what nobody may sleep over. */
function backups(alarm: AlarmPlan): TruthCase[] {
  const { threshold: tables, periods } = alarm;
  const minutes = alarm.periodSeconds / 60;
  const jobs = "NumberOfBackupJobsCompleted";
  const always = (one: Window) => times(periods + 1, one);
  const window = (count: number): Window =>
    Array.from({ length: minutes }, (_, at) => ({ [jobs]: at < count ? [1] : [] }));
  const silence = nothing(minutes);
  return [
    { what: "a backup of each table", minutes: always(window(tables)), state: "OK" },
    {
      what: "all of them told of at once",
      minutes: always([{ [jobs]: [tables] }, ...nothing(minutes - 1)]),
      state: "OK",
    },
    { what: "one table is left out", minutes: always(window(tables - 1)), state: "ALARM" },
    { what: "more backups than tables", minutes: always(window(tables + 1)), state: "OK" },
    {
      what: "jobs that have not ended",
      minutes: always([{ [jobs]: [0, 0, 0] }, ...nothing(minutes - 1)]),
      state: "ALARM",
    },
    {
      what: "one hour late: none, and then two of each",
      minutes: times(periods, inARow(silence, window(2 * tables))),
      state: "OK",
    },
    {
      what: "nothing any more, however good it was before",
      minutes: inARow(times(3, window(tables)), times(periods, silence)),
      state: "ALARM",
    },
    ...(["OK", "ALARM", "INSUFFICIENT_DATA"] as const).map(
      (current): TruthCase => ({
        what: `nothing ever, after ${current}`,
        minutes: times(periods + 2, silence),
        current,
        state: "ALARM",
      }),
    ),
    ...patterns(alarm, window(tables - 1), window(tables)),
    ...patterns(alarm, silence, window(tables)),
  ];
}

/** How late writes arrive in the other region, each as one figure. */
function replication(alarm: AlarmPlan): TruthCase[] {
  const { threshold, periods } = alarm;
  const minutes = alarm.periodSeconds / 60;
  const always = (one: Window) => times(periods + 1, one);
  const window = (...milliseconds: number[]): Window => [
    { ReplicationLatency: milliseconds },
    ...nothing(minutes - 1),
  ];
  const usual = Array.from({ length: 99 }, () => 900);
  return [
    { what: "later than may be", minutes: always(window(threshold + 1)), state: "ALARM" },
    { what: "as late as may be", minutes: always(window(threshold)), state: "OK" },
    {
      what: "as late as may be on average, half of them later",
      minutes: always(window(threshold * 1.5, threshold * 0.5)),
      state: "OK",
    },
    {
      what: "late on average, half of them in time",
      minutes: always(window(threshold * 2 + 2, 0)),
      state: "ALARM",
    },
    {
      what: "a few are so late that the average is",
      minutes: always(window(...usual, threshold * 100)),
      state: "ALARM",
    },
    { what: "as always", minutes: always(window(...usual)), state: "OK" },
    { what: "many at once, in time", minutes: always(window(...usual, ...usual)), state: "OK" },
    ...patterns(alarm, window(threshold + 1), window(900)),
    ...withoutTraffic(alarm),
  ];
}

function together(failed: string, all: string): Traffic {
  return (failures, requests, minutes) => {
    const counts = spread(requests, minutes);
    // Where nothing happens there is no figure.
    return spread(failures, minutes).map((value, at) => ({
      [failed]: counts[at] === 0 && value === 0 ? [] : [value],
      [all]: counts[at] === 0 ? [] : [counts[at] as number],
    }));
  };
}

function shares(traffic: Traffic): (alarm: AlarmPlan) => TruthCase[] {
  return (alarm) => {
    const { threshold, minimumCount: floor, periods } = alarm;
    const minutes = alarm.periodSeconds / 60;
    const allowed = Math.round((threshold * many) / 100);
    const few = Math.max(floor, 10);
    const window = (failures: number, requests: number) => traffic(failures, requests, minutes);
    const bad = window(allowed + 1, many);
    const good = window(0, many);
    const always = (one: Window) => times(periods + 1, one);
    return [
      { what: "one more than the share, at high traffic", minutes: always(bad), state: "ALARM" },
      {
        what: "barely over the share, at low traffic",
        minutes: always(window(few, Math.ceil((100 * few) / threshold) - 1)),
        state: "ALARM",
      },
      { what: "just the share", minutes: always(window(allowed, many)), state: "OK" },
      { what: "the fewest, and all fail", minutes: always(window(floor, floor)), state: "ALARM" },
      {
        what: "one less than the fewest, and all fail",
        minutes: always(window(floor - 1, floor - 1)),
        state: "OK",
      },
      {
        what: "the fewest, in the first minute of each window",
        minutes: always([{ ...traffic(floor, floor, 1)[0] }, ...nothing(minutes - 1)]),
        state: "ALARM",
      },
      { what: "everything, at high traffic", minutes: always(window(many, many)), state: "ALARM" },
      { what: "nothing at all, at high traffic", minutes: always(good), state: "OK" },
      ...patterns(alarm, bad, good),
      ...withoutTraffic(alarm),
      { what: "a window that is late", minutes: late(alarm, bad), state: "ALARM" },
    ];
  };
}

function slowness(time: string, all: string): (alarm: AlarmPlan) => TruthCase[] {
  return (alarm) => {
    const { threshold, periods } = alarm;
    const minutes = alarm.periodSeconds / 60;
    const always = (one: Window) => times(periods + 1, one);
    const window = (slow: number, fast: number, milliseconds = threshold + 1): Window => {
      const slowOnes = spread(slow, minutes);
      return spread(fast, minutes).map((count, at) => {
        const times = [
          ...Array.from({ length: slowOnes[at] ?? 0 }, () => milliseconds),
          ...Array.from({ length: count }, () => 20),
        ];
        return { [time]: times, [all]: times.length === 0 ? [] : [times.length] };
      });
    };
    const bad = window(100, 0);
    const good = window(0, 100);
    const terrible = threshold * 100;
    return [
      { what: "two of a hundred are slow", minutes: always(window(2, 98)), state: "ALARM" },
      { what: "twenty of a thousand are slow", minutes: always(window(20, 980)), state: "ALARM" },
      { what: "two of a thousand are slow", minutes: always(window(2, 998)), state: "OK" },
      { what: "one of a hundred is slow", minutes: always(window(1, 99)), state: "OK" },
      { what: "as slow as may be", minutes: always(window(100, 0, threshold)), state: "OK" },
      {
        what: "four of ten are terrible, of a hundred",
        minutes: always(window(40, 60, terrible)),
        state: "ALARM",
      },
      {
        what: "less than half are terrible, of fewer than a hundred",
        minutes: always(window(49, 50, terrible)),
        state: "OK",
      },
      { what: "more than half are slow, of few", minutes: always(window(15, 5)), state: "ALARM" },
      { what: "all ten are slow", minutes: always(window(10, 0)), state: "ALARM" },
      {
        what: "all nine are terrible: too few to tell",
        minutes: always(window(9, 0, terrible)),
        state: "OK",
      },
      {
        what: "one slow request in a quiet night",
        minutes: [{ [time]: [terrible], [all]: [1] }],
        state: "OK",
      },
      ...patterns(alarm, bad, good),
      ...withoutTraffic(alarm),
      { what: "a window that is late", minutes: late(alarm, bad), state: "ALARM" },
    ];
  };
}

function totals(alarm: AlarmPlan): TruthCase[] {
  const { threshold, periods, metrics } = alarm;
  const minutes = alarm.periodSeconds / 60;
  const names = metrics.map(seriesName);
  const [first = ""] = names;
  const window = (name: string, count: number): Window =>
    spread(count, minutes).map((value) => ({ [name]: value === 0 ? [] : [value] }));
  const always = (one: Window) => times(periods + 1, one);
  const half = Math.ceil((threshold + 1) / 2);
  return [
    ...names.flatMap((name): TruthCase[] => [
      {
        what: `one more than may be: ${name}`,
        minutes: always(window(name, threshold + 1)),
        state: "ALARM",
      },
      { what: `as many as may be: ${name}`, minutes: always(window(name, threshold)), state: "OK" },
      {
        what: `as many as may be in the first minute: ${name}`,
        minutes: always([{ [name]: [threshold] }, ...nothing(minutes - 1)]),
        state: "OK",
      },
    ]),
    ...names.slice(1).map(
      (name): TruthCase => ({
        what: `some of one and some of another: ${name}`,
        minutes: always(
          Array.from({ length: minutes }, (_, at) =>
            at === 0 ? { [first]: [half], [name]: [half] } : {},
          ),
        ),
        state: "ALARM",
      }),
    ),
    ...patterns(alarm, window(first, threshold + 1), window(first, 0)),
    ...withoutTraffic(alarm),
  ];
}

function concurrency(alarm: AlarmPlan): TruthCase[] {
  const { threshold, periods } = alarm;
  const usual = Array.from({ length: 200 }, () => 1);
  const minute = (most: number): Window => [{ ConcurrentExecutions: [...usual, most, 1] }];
  return [
    {
      what: "one more than may be",
      minutes: times(periods + 1, minute(threshold + 1)),
      state: "ALARM",
    },
    { what: "as many as may be", minutes: times(periods + 1, minute(threshold)), state: "OK" },
    ...patterns(alarm, minute(threshold + 1), minute(1)),
    ...withoutTraffic(alarm),
  ];
}

/** Every order of good and bad windows, one more of them than are looked at. */
function patterns({ periods, datapointsToAlarm }: AlarmPlan, bad: Window, good: Window) {
  return Array.from({ length: 2 ** (periods + 1) }, (_, bits): TruthCase => {
    const order = Array.from({ length: periods + 1 }, (_, at) => ((bits >> at) & 1) === 1);
    const count = order.slice(1).filter(Boolean).length;
    return {
      what: `windows one after the other: ${order.map((isBad) => (isBad ? "bad" : "good")).join(", ")}`,
      minutes: inARow(...order.map((isBad) => (isBad ? bad : good))),
      state: count >= datapointsToAlarm ? "ALARM" : "OK",
    };
  });
}

/** Nobody calls, and nobody is woken; what fired before is over. */
function withoutTraffic({ periodSeconds, periods }: AlarmPlan): TruthCase[] {
  const minutes = nothing((periods + 2) * (periodSeconds / 60));
  return (["OK", "ALARM", "INSUFFICIENT_DATA"] as const).map((current) => ({
    what: `no traffic, after ${current}`,
    minutes,
    current,
    state: "OK",
  }));
}

/** The latest window has no figure yet: those before it count. */
function late({ periodSeconds, periods }: AlarmPlan, bad: Window): Minute[] {
  return [...times(periods, bad), ...nothing(periodSeconds / 60)];
}

function nothing(minutes: number): Minute[] {
  return Array.from({ length: minutes }, () => ({}));
}
