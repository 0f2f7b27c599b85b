import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeByTime } from "./merge.ts";

interface Event {
  readonly timestamp: number;
  readonly source: number;
  readonly number: number;
}

async function* pages<Page>(all: readonly Page[], onAsk: () => void = () => {}) {
  for (const page of all) {
    onAsk();
    yield page;
  }
}

async function merged(sources: readonly AsyncIterable<readonly Event[]>[]): Promise<Event[]> {
  const events: Event[] = [];
  for await (const some of mergeByTime(sources)) events.push(...some);
  return events;
}

describe("merging sources by time", () => {
  it("gives all events of all sources in order, those of a millisecond by source and as they came", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 20 }), fc.nat(4)),
          { maxLength: 5 },
        ),
        async (written) => {
          const sources = written.map(([times, size], source) => {
            const events = times
              .sort((one, other) => one - other)
              .map((timestamp, number): Event => ({ timestamp, source, number }));
            const step = size + 1;
            return Array.from({ length: Math.ceil(events.length / step) + 1 }, (_, page) =>
              events.slice(page * step, (page + 1) * step),
            );
          });
          const expected = sources
            .flat(2)
            .sort(
              (one, other) =>
                one.timestamp - other.timestamp ||
                one.source - other.source ||
                one.number - other.number,
            );
          expect(await merged(sources.map((source) => pages(source)))).toEqual(expected);
        },
      ),
    );
  });

  it("holds two pages of a source at most, however many there are", async () => {
    let asked = 0;
    let taken = 0;
    let most = 0;
    const long = Array.from({ length: 100 }, (_, page) => [
      { timestamp: page, source: 0, number: page },
    ]);
    const asking = () => {
      asked += 1;
      most = Math.max(most, asked - taken);
    };
    for await (const some of mergeByTime([pages(long, asking), pages(long, asking)])) {
      taken += some.length;
    }
    expect(taken).toBe(200);
    expect(most).toBeLessThanOrEqual(4);
  });

  it("throws what a source throws, after what came before, and ends the others", async () => {
    let hasEnded = false;
    async function* broken() {
      yield [{ timestamp: 1, source: 0, number: 0 }];
      throw new Error("broken");
    }
    async function* whole() {
      try {
        for (;;) yield [{ timestamp: 1, source: 1, number: 0 }];
      } finally {
        hasEnded = true;
      }
    }
    const events: Event[] = [];
    const read = async () => {
      for await (const some of mergeByTime([broken(), whole()])) events.push(...some);
    };
    await expect(read()).rejects.toThrow("broken");
    expect(events).toHaveLength(1);
    expect(hasEnded).toBe(true);
  });

  it("merges ten thousand lines of five sources in far less than a second", async () => {
    const sources = Array.from({ length: 5 }, (_, source) =>
      Array.from({ length: 20 }, (_, page) =>
        Array.from({ length: 100 }, (_, index) => {
          const number = page * 100 + index;
          return { timestamp: number * 5 + source, source, number };
        }),
      ),
    );
    const begun = performance.now();
    const events = await merged(sources.map((source) => pages(source)));
    expect(performance.now() - begun).toBeLessThan(500);
    expect(events).toHaveLength(10_000);
    expect(events.every(({ timestamp }, index) => timestamp === index)).toBe(true);
  });
});
