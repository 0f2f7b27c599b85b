import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Simulation, simulatedLogs } from "../../../test/simulated-logs.ts";
import { LambdakitError } from "../../errors/index.ts";
import { type LogLine, type Notice, type ReadOptions, readLogs } from "../index.ts";

const now = 1_000_000;
const failure = (code: ConstructorParameters<typeof LambdakitError>[0]) =>
  new LambdakitError(code, { message: "no", fix: "none" });

async function read(simulation: Simulation, more: Partial<ReadOptions> = {}) {
  const logs = simulatedLogs(simulation);
  const notices: Notice[] = [];
  const lines: LogLine[] = [];
  const options = {
    groups: simulation.groups.map((name) => ({ key: name, name })),
    source: logs,
    clock: logs,
    from: 0,
    follow: false,
    keep: () => true,
    signal: new AbortController().signal,
    notice: (notice: Notice) => void notices.push(notice),
    ...more,
  };
  const all = async () => {
    for await (const { lines: some } of readLogs(options)) lines.push(...some);
  };
  const error = await all().catch((thrown) => thrown);
  return { error, notices, calls: logs.calls, took: logs.now() - now, lines };
}

const event = (group: string, id: string, timestamp: number) => {
  return { group, id, timestamp, arrivesAt: 0, stream: "s", message: id };
};

describe("reading log groups", () => {
  it("gives all lines of the time that is asked for, in order, whatever the pages and the failures are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 50 }))),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 }),
        async (written, pageSize, hasEmptyPages, failing) => {
          const arrivals = written.map(([group, at], index) => event(group, `${index}`, at));
          const fails = (call: number) => {
            if (failing.includes(call)) throw failure("AWS_THROTTLED");
          };
          const groups = ["a", "b", "c"];
          const simulation = { groups, arrivals, pageSize, hasEmptyPages, fails };
          const { lines, error } = await read(simulation, { from: 10, to: 40 });
          const expected = arrivals
            .filter(({ timestamp }) => timestamp >= 10 && timestamp <= 40)
            .sort(
              (one, other) =>
                one.timestamp - other.timestamp || one.group.localeCompare(other.group),
            );
          expect(error).toBeUndefined();
          expect(lines.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
  });

  it("asks for each page once, and for nothing that is not there yet", async () => {
    const groups = ["a", "b", "c", "d", "e"];
    const arrivals = Array.from({ length: 7 }, (_, index) => event("a", `${index}`, index));
    const { calls } = await read({ groups, arrivals });
    expect(calls).toHaveLength(4 + 3);
    expect(new Set(calls.map(({ to }) => to))).toEqual(new Set([now]));
  });

  it("keeps the newest lines of those that are wanted", async () => {
    const arrivals = Array.from({ length: 20 }, (_, index) => event("a", `${index}`, index));
    const keep = ({ timestamp }: LogLine) => timestamp % 2 === 0;
    const { lines } = await read({ groups: ["a"], arrivals }, { limit: 3, keep });
    expect(lines.map(({ id }) => id)).toEqual(["14", "16", "18"]);
  });

  it.each(["AWS_THROTTLED", "AWS_UNAVAILABLE", "AWS_UNREACHABLE"] as const)(
    "gives up after a while where waiting does not help: %s",
    async (code) => {
      const fails = () => {
        throw failure(code);
      };
      const { error, took, calls } = await read({ groups: ["a"], arrivals: [], fails });
      expect(error).toMatchObject({ code });
      expect(took).toBeGreaterThan(90_000);
      expect(took).toBeLessThan(120_000);
      expect(calls.length).toBeLessThan(25);
    },
  );

  it("fails at once where waiting cannot help", async () => {
    const fails = () => {
      throw failure("AWS_CREDENTIALS_EXPIRED");
    };
    const { error, calls } = await read({ groups: ["a"], arrivals: [], fails });
    expect(error).toMatchObject({ code: "AWS_CREDENTIALS_EXPIRED" });
    expect(calls).toHaveLength(1);
  });

  it("ends where it is interrupted, without an error", async () => {
    const interruption = new AbortController();
    interruption.abort();
    const { error, lines, calls } = await read(
      { groups: ["a"], arrivals: [event("a", "1", 1)] },
      { signal: interruption.signal },
    );
    expect([error, lines, calls]).toEqual([undefined, [], []]);
  });
});
