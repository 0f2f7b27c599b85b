import { describe, expect, it } from "vitest";
import { Turns } from "./turns.ts";

describe("turns", () => {
  it("let work run together that may", async () => {
    const { start, log } = recorded();
    const first = start("together", "first");
    const second = start("together", "second");
    await everythingToStart();
    expect(log).toEqual(["first starts", "second starts"]);
    second.finish();
    first.finish();
    await Promise.all([first.done, second.done]);
    expect(log.slice(2)).toEqual(["second ends", "first ends"]);
  });

  it("let nothing run beside work that runs alone, and keep the order of asking", async () => {
    const { start, log } = recorded();
    const before = start("together", "before");
    const alone = start("alone", "alone");
    const alsoAlone = start("alone", "also alone");
    const after = start("together", "after");
    for (const work of [after, alsoAlone, alone]) work.finish();
    await everythingToStart();
    expect(log).toEqual(["before starts"]);
    before.finish();
    await after.done;
    expect(log).toEqual(
      ["before", "alone", "also alone", "after"].flatMap((name) => [
        `${name} starts`,
        `${name} ends`,
      ]),
    );
  });

  it("go on after work that failed, and tell only the one who asked for it", async () => {
    const turns = new Turns();
    const fail = () => Promise.reject(new Error("no"));
    const failures = [turns.together(fail), turns.alone(fail), turns.together(fail)];
    const results = Promise.allSettled(failures);
    expect(await turns.alone(async () => "fine")).toBe("fine");
    expect((await results).map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
  });
});

/** Work that ends when it is told to, and a log of it. */
function recorded() {
  const turns = new Turns();
  const log: string[] = [];
  const start = (how: "together" | "alone", name: string) => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const done = turns[how](async () => {
      log.push(`${name} starts`);
      await finished;
      log.push(`${name} ends`);
    });
    return { done, finish };
  };
  return { start, log };
}

/** Promises settle before the event loop goes round. */
function everythingToStart(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
