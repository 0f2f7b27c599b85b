import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Arrival, type Simulation, simulatedLogs } from "../../../test/simulated-logs.ts";
import { LambdakitError } from "../../errors/index.ts";
import { type LogLine, type Notice, readLogs } from "../index.ts";

const begin = 1_000_000;

const event = (group: string, id: string, timestamp: number, late = 0): Arrival => {
  return { group, id, timestamp, arrivesAt: timestamp + late, stream: "s", message: `line ${id}` };
};

const failure = (code: ConstructorParameters<typeof LambdakitError>[0]) =>
  new LambdakitError(code, { message: "no", fix: "none" });

/** What somebody sees who follows from the beginning until then. */
async function followed(simulation: Simulation, until: number, from = begin) {
  const ended = new AbortController();
  const logs = simulatedLogs({
    ...simulation,
    onTime: (now) => {
      if (now >= until) ended.abort();
    },
  });
  const notices: Notice[] = [];
  const lines: LogLine[] = [];
  const seenAt = new Map<string, number>();
  const options = {
    groups: simulation.groups.map((name) => ({ key: name, name })),
    source: logs,
    clock: logs,
    from,
    follow: true,
    keep: () => true,
    signal: ended.signal,
    notice: (notice: Notice) => void notices.push(notice),
  };
  const read = async () => {
    for await (const { lines: some } of readLogs(options)) {
      for (const line of some) seenAt.set(line.id, logs.now());
      lines.push(...some);
    }
  };
  const error = await read().catch((thrown) => thrown);
  return { lines, notices, seenAt, calls: logs.calls, error, ids: lines.map(({ id }) => id) };
}

describe("following log groups", () => {
  it("gives what was there, and then what comes, in order over all groups", async () => {
    const arrivals = [
      event("a", "1", begin - 5_000),
      event("b", "2", begin - 4_000),
      event("a", "4", begin + 9_000, 900),
      event("b", "3", begin + 8_500, 1_500),
      event("b", "5", begin + 9_001),
    ];
    const { ids } = await followed({ groups: ["a", "b"], arrivals }, begin + 30_000, begin - 9_000);
    expect(ids).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("gives nothing of before it begins, however late it comes", async () => {
    const arrivals = [event("a", "old", begin - 10_000, 12_000), event("a", "new", begin + 10)];
    expect(
      (await followed({ groups: ["a"], arrivals }, begin + 60_000, begin - 9_000)).ids,
    ).toEqual(["new"]);
  });

  it("drops no line and repeats none, whatever the pages, the delays and the failures are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            group: fc.constantFrom("a", "b", "c"),
            // Many of the same millisecond.
            at: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 60_000 })),
            late: fc.oneof(fc.constant(0), fc.integer({ max: 120_000, min: 0 })),
          }),
          { maxLength: 60 },
        ),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 12 }),
        // A page may take so long that what is new is older than what comes late.
        fc.constantFrom(20, 20, 40_000),
        async (written, pageSize, hasEmptyPages, failing, latency) => {
          const arrivals = written.map(({ group, at, late }, index) =>
            event(group, `${index}`, begin + at, late),
          );
          const fails = (call: number) => {
            if (failing.includes(call)) {
              throw failure(call % 2 === 0 ? "AWS_THROTTLED" : "AWS_UNREACHABLE");
            }
          };
          const groups = ["a", "b", "c"];
          const simulation = { groups, arrivals, pageSize, hasEmptyPages, fails, latency };
          const { ids, error } = await followed(simulation, begin + 300_000 + latency * 400);
          expect(error).toBeUndefined();
          expect([...ids].sort()).toEqual(arrivals.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps the order where lines come no more than a second late", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            group: fc.constantFrom("a", "b", "c"),
            at: fc.integer({ min: 0, max: 20_000 }),
            late: fc.integer({ min: 0, max: 400 }),
          }),
          { maxLength: 40 },
        ),
        async (written) => {
          // Something comes all the time: groups without any news are asked less often.
          const steady = Array.from({ length: 100 }, (_, index) =>
            event("abc"[index % 3] as string, `s${index}`, begin + index * 300),
          );
          const arrivals = written.map(({ group, at, late }, index) =>
            event(group, `${index}`, begin + at, late),
          );
          const simulation = { groups: ["a", "b", "c"], arrivals: [...arrivals, ...steady] };
          const { lines } = await followed({ ...simulation, pageSize: 1_000 }, begin + 60_000);
          const times = lines.map(({ timestamp }) => timestamp);
          expect(times).toEqual([...times].sort((one, other) => one - other));
          expect(lines).toHaveLength(arrivals.length + steady.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("shows a line that is held within a few seconds, even one of the future", async () => {
    const arrivals = [
      event("a", "1", begin + 10_000),
      { ...event("a", "ahead", begin + 900_000), arrivesAt: begin + 10_000 },
    ];
    const { seenAt } = await followed({ groups: ["a"], arrivals }, begin + 60_000);
    expect(seenAt.get("1")).toBeLessThan(begin + 18_000);
    expect(seenAt.get("ahead")).toBeLessThan(begin + 18_000);
  });

  it("gives what it has held when it is ended, by whoever follows or by an error", async () => {
    const arrivals = [event("a", "1", begin - 50)];
    const simulation = { groups: ["a"], arrivals };
    expect((await followed(simulation, begin + 40, begin - 99)).ids).toEqual(["1"]);
    const fails = (call: number) => {
      if (call === 2) throw failure("AWS_CREDENTIALS_EXPIRED");
    };
    const { ids, error } = await followed({ ...simulation, fails }, begin + 9_000, begin - 99);
    expect(ids).toEqual(["1"]);
    expect(error).toMatchObject({ code: "AWS_CREDENTIALS_EXPIRED" });
  });

  it("asks quiet groups less and less, and no more than five times a second altogether", async () => {
    const groups = ["a", "b", "c", "d", "e", "f"];
    const quiet = await followed({ groups, arrivals: [] }, begin + 60_000);
    // Each about every five seconds, with a quicker beginning.
    expect(quiet.calls.length).toBeLessThan(6 * 18);
    expect(quiet.calls.length).toBeGreaterThan(6 * 10);
    const arrivals = Array.from({ length: 600 }, (_, index) =>
      event("a", `${index}`, begin + index * 100),
    );
    const busy = await followed({ groups, arrivals, pageSize: 10_000 }, begin + 60_000);
    const ofBusy = busy.calls.filter(({ group }) => group === "a");
    expect(ofBusy.length).toBeGreaterThan(2 * (quiet.calls.length / 6));
    expect(busy.calls.length).toBeLessThan(60 * 5 + 10);
  });

  it("goes slower where AWS throttles, says so once a minute, and that it has caught up", async () => {
    const throttledUntil = begin + 150_000;
    let calls = 0;
    let now = begin;
    const fails = () => {
      calls += 1;
      if (now > begin + 5_000 && now < throttledUntil) throw failure("AWS_THROTTLED");
    };
    const arrivals = Array.from({ length: 200 }, (_, index) =>
      event("a", `${index}`, begin + index * 1_000),
    );
    const ended = new AbortController();
    const logs = simulatedLogs({
      groups: ["a"],
      arrivals,
      pageSize: 10_000,
      fails,
      onTime: (time) => {
        now = time;
        if (now > begin + 400_000) ended.abort();
      },
    });
    const notices: Notice[] = [];
    const ids: string[] = [];
    for await (const { lines } of readLogs({
      groups: [{ key: "a", name: "a" }],
      source: logs,
      clock: logs,
      from: begin,
      follow: true,
      keep: () => true,
      signal: ended.signal,
      notice: (notice) => void notices.push(notice),
    })) {
      ids.push(...lines.map(({ id }) => id));
    }
    expect(ids).toEqual(arrivals.map(({ id }) => id));
    expect(notices.map(({ type }) => type)).toEqual(["behind", "behind", "behind", "caught-up"]);
    expect(notices[0]).toMatchObject({ because: { code: "AWS_THROTTLED" } });
    expect(calls).toBeGreaterThan(30);
  });

  it("goes on without a group that is not there or may not be read, and says it when one comes", async () => {
    let now = begin;
    const arrivals = [event("a", "1", begin + 1_000)];
    const fails = (_: number, { group }: { readonly group: string }) => {
      now += 1;
      if (group === "b" && now < begin + 40) throw failure("AWS_NOT_ALLOWED");
    };
    const logs = { groups: ["a", "b"], arrivals, fails };
    const { ids, notices } = await followed(logs, begin + 400_000);
    expect(ids).toEqual(["1"]);
    expect(notices).toMatchObject([
      { type: "not-allowed", key: "b" },
      { type: "found", key: "b" },
    ]);
  });

  it("fails where no group is there at all", async () => {
    const missing = simulatedLogs({ groups: [], arrivals: [] });
    const notices: Notice[] = [];
    const read = readLogs({
      groups: [
        { key: "a", name: "/aws/lambda/a" },
        { key: "b", name: "/aws/lambda/b" },
      ],
      source: missing,
      clock: missing,
      from: begin,
      follow: true,
      keep: () => true,
      signal: new AbortController().signal,
      notice: (notice) => void notices.push(notice),
    });
    await expect(read.next()).rejects.toMatchObject({
      code: "LOGS_NO_GROUP",
      message: "There is no log group /aws/lambda/a.",
    });
    expect(notices.map(({ type }) => type)).toEqual(["no-group", "no-group"]);
  });

  it("gives the newest lines of those that are there where so many were asked for, and all that come", async () => {
    const arrivals = [
      ...Array.from({ length: 20 }, (_, index) => event("a", `${index}`, begin - 90_000 + index)),
      event("a", "new", begin + 3_000),
    ];
    const ended = new AbortController();
    const logs = simulatedLogs({
      groups: ["a"],
      arrivals,
      onTime: (now) => {
        if (now > begin + 20_000) ended.abort();
      },
    });
    const ids: string[] = [];
    for await (const { lines } of readLogs({
      groups: [{ key: "a", name: "a" }],
      source: logs,
      clock: logs,
      from: begin - 100_000,
      follow: true,
      limit: 2,
      keep: ({ id }) => id !== "19",
      signal: ended.signal,
      notice: () => {},
    })) {
      ids.push(...lines.map(({ id }) => id));
    }
    expect(ids).toEqual(["17", "18", "new"]);
  });

  it("needs no more memory the longer it follows", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    // Lines are made when they are read, so that only what follows can keep them.
    const ended = new AbortController();
    let now = begin;
    const clock = {
      ticks: () => now,
      random: () => 0.5,
      async sleep(milliseconds: number) {
        now += milliseconds;
      },
    };
    const rate = 40;
    const source = {
      now: () => now,
      async page({ from }: { readonly from: number }) {
        now += 20;
        const first = Math.ceil(from / 1000) * rate;
        const events = Array.from({ length: Math.floor(now / 1000) * rate - first }, (_, index) => {
          const number = first + index;
          const timestamp = Math.floor(number / rate) * 1000;
          return { id: `${number}`.padStart(56, "3"), timestamp, stream: "s", message: "m" };
        });
        return { events, token: undefined };
      },
    };
    let count = 0;
    let early: number | undefined;
    const heaps: number[] = [];
    for await (const { lines } of readLogs({
      groups: [{ key: "a", name: "a" }],
      source,
      clock,
      from: begin,
      follow: true,
      keep: () => true,
      signal: ended.signal,
      notice: () => {},
    })) {
      count += lines.length;
      const minutes = (now - begin) / 60_000;
      if (minutes > 8 && early === undefined) early = used();
      if (minutes > 8 * (heaps.length + 2)) heaps.push(used());
      if (minutes > 41) ended.abort();
    }
    expect(count).toBeGreaterThan(40 * 60 * rate - 1_000);
    // What is remembered is that of two and a half minutes: some megabytes, and not those of the whole time.
    for (const heap of heaps) expect(heap - (early ?? 0)).toBeLessThan(3_000_000);
    expect(heaps.length).toBeGreaterThan(3);
  });
});
