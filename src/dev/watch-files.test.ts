import { once } from "node:events";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { watch } from "chokidar";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type Settled, type Watcher, watchFiles } from "./watch-files.ts";

let root: string;
let folder: string;
const watchers: Watcher[] = [];
beforeEach(async () => {
  root = await temporaryFolder();
  folder = path.join(root, "watched");
  await mkdir(folder);
});
afterEach(async () => {
  await Promise.all(watchers.splice(0).map((watcher) => watcher.close()));
});

/** Writes a file in one step, as an editor does: one change, and not two. */
let written = 0;
async function save(...place: string[]): Promise<void> {
  const aside = path.join(root, `new-${written++}`);
  await writeFile(aside, "text");
  const target = path.join(folder, ...place);
  await mkdir(path.dirname(target), { recursive: true });
  await rename(aside, target);
}

/** Counts calls, and lets a test wait for the next one. */
class Calls {
  count = 0;
  atATime = 0;
  mostAtATime = 0;
  #waiting: (() => void)[] = [];
  /** What each call waits for before it ends. */
  work: () => Promise<void> = async () => {};
  /** Ends the last call that was held. */
  finish = () => {};

  /** Of the last call. */
  settled: Settled = async () => false;

  readonly onChange = async (settled: Settled) => {
    this.settled = settled;
    this.count += 1;
    this.atATime += 1;
    this.mostAtATime = Math.max(this.mostAtATime, this.atATime);
    for (const wake of this.#waiting.splice(0)) wake();
    await this.work();
    this.atATime -= 1;
  };

  /** From now on each call works until it is finished. */
  hold(): void {
    this.work = () =>
      new Promise((resolve) => {
        this.finish = resolve;
      });
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Watches a folder, and waits until changes in it are noticed. */
async function watchCounting(directory = folder): Promise<{ calls: Calls; watcher: Watcher }> {
  const calls = new Calls();
  const watcher = watchFiles([directory], calls.onChange);
  watchers.push(watcher);
  // Nothing says when the watching has begun. One that began later is ready later; and where that is
  // not so, knock until somebody opens.
  const later = watch(directory);
  await once(later, "ready");
  await later.close();
  for (let knock = 0; calls.count === 0; knock++) {
    await mkdir(path.join(directory, `knock-${watchers.length}-${knock}`));
    await Promise.race([calls.next(), new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return { calls, watcher };
}

describe("watching a folder", () => {
  it("calls after a file has come, has changed, or is gone", async () => {
    const { calls } = await watchCounting();
    for (const change of [
      () => save("a.ts"),
      () => save("a.ts"),
      () => rm(path.join(folder, "a.ts")),
    ]) {
      const called = calls.next();
      await change();
      await called;
    }
  });

  it("calls after a change in a folder that was not there at first", async () => {
    const { calls } = await watchCounting();
    const made = calls.next();
    await save("src", "handlers", "a.ts");
    await made;
    const changed = calls.next();
    await save("src", "handlers", "b.ts");
    await changed;
  });

  it("calls after each of two saves that follow each other at once", async () => {
    await save("a.ts");
    const { calls } = await watchCounting();
    for (let round = 0; round < 5; round += 1) {
      const called = calls.next();
      await save("a.ts");
      await called;
    }
  });

  it("watches single files too", async () => {
    await save("a.ts");
    const calls = new Calls();
    watchers.push(watchFiles([path.join(folder, "a.ts")], calls.onChange));
    while (calls.count === 0) {
      await save("a.ts");
      await Promise.race([calls.next(), new Promise((resolve) => setTimeout(resolve, 100))]);
    }
  });

  it.each(["node_modules", ".git", ".lambdakit", "dist", "coverage"])(
    "ignores what happens in %s",
    async (name) => {
      await save(name, "package", "a.js");
      const { calls } = await watchCounting();
      // Tells when the system has reported the change that has to be ignored.
      const { calls: probe } = await watchCounting(path.join(folder, name, "package"));
      const before = calls.count;
      const reported = probe.next();
      await save(name, "package", "a.js");
      await reported;
      const called = calls.next();
      await save("a.ts");
      await called;
      expect(calls.count).toBe(before + 1);
    },
  );
});

/** The system may tell of one save in several steps, with a call for each. */
function lastIsGood(calls: Calls): Promise<void> {
  return vi.waitFor(async () => expect(await calls.settled()).toBe(true));
}

describe("what was read as soon as something changed", () => {
  it("is good where nothing else has changed for a moment", async () => {
    const { calls } = await watchCounting();
    const called = calls.next();
    await save("a.ts");
    await called;
    await lastIsGood(calls);
  });

  it("is not where something has, which is told at once, and another call follows", async () => {
    const { calls } = await watchCounting();
    calls.hold();
    const first = calls.next();
    await save("a.ts");
    await first;
    const { settled } = calls;
    await save("b.ts");
    // Nothing says when the system has reported it.
    while (await settled()) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = calls.next();
    calls.work = async () => {};
    calls.finish();
    await second;
    await lastIsGood(calls);
  });

  it("is not where the watcher is closed", async () => {
    const { calls, watcher } = await watchCounting();
    const called = calls.next();
    await save("a.ts");
    await called;
    await watcher.close();
    expect(await calls.settled()).toBe(false);
  });
});

describe("a change while the last one is being worked on", () => {
  it("is followed by another call, once the work is done, and never by two at a time", async () => {
    const { calls } = await watchCounting();
    const { calls: probe } = await watchCounting();
    calls.hold();
    const first = calls.next();
    await save("a.ts");
    await first;
    const before = calls.count;
    for (const file of ["b.ts", "c.ts"]) {
      const noticed = probe.next();
      await save(file);
      await noticed;
    }
    expect(calls.count).toBe(before);
    calls.work = async () => {};
    const second = calls.next();
    calls.finish();
    await second;
    expect(calls.mostAtATime).toBe(1);
  });
});

describe("a watcher that is closed", () => {
  it("lets the work that is under way end first", async () => {
    const { calls, watcher } = await watchCounting();
    const { calls: probe } = await watchCounting();
    calls.hold();
    const called = calls.next();
    await save("a.ts");
    await called;
    let isClosed = false;
    const closed = watcher.close().then(() => {
      isClosed = true;
    });
    for (const file of ["b.ts", "c.ts"]) {
      const noticed = probe.next();
      await save(file);
      await noticed;
    }
    expect(isClosed).toBe(false);
    calls.finish();
    await closed;
    expect(calls.atATime).toBe(0);
  });

  it("calls no more", async () => {
    const { calls, watcher } = await watchCounting();
    const { calls: probe } = await watchCounting();
    await watcher.close();
    const before = calls.count;
    const noticed = probe.next();
    await save("a.ts");
    await noticed;
    expect(calls.count).toBe(before);
  });

  it("calls no more, also where something changed during its last work", async () => {
    const { calls, watcher } = await watchCounting();
    const { calls: probe } = await watchCounting();
    const noticed = async (file: string) => {
      const called = probe.next();
      await save(file);
      await called;
    };
    calls.hold();
    const called = calls.next();
    await save("a.ts");
    await called;
    await noticed("b.ts");
    await noticed("c.ts");
    const before = calls.count;
    calls.work = async () => {};
    const closed = watcher.close();
    calls.finish();
    await closed;
    for (const file of ["d.ts", "e.ts", "f.ts"]) await noticed(file);
    expect(calls.count).toBe(before);
  });
});
