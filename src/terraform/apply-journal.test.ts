import { appendFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ApplyJournal } from "./apply-journal.ts";
import type { Message } from "./message.ts";

const done = (address: string): Message => ({
  type: "done",
  action: "create",
  address,
  seconds: 1,
});
const failed = (address: string): Message => ({ type: "failed", action: "update", address });

let file: string;
beforeEach(async () => {
  file = path.join(await temporaryFolder(), "apply.jsonl");
});

/** As the next run of the command finds it. */
const unfinished = () => new ApplyJournal(file).unfinished();

describe("the journal of an apply", () => {
  it("tells the next run what was done and what failed, where the apply has no end", async () => {
    const journal = new ApplyJournal(file);
    await journal.begin();
    expect(await unfinished()).toEqual({ done: [], failed: [] });
    for (const message of [done("a.a"), failed("b.b"), done("c.c")]) journal.note(message);
    expect(await unfinished()).toEqual({
      done: ["create a.a", "create c.c"],
      failed: ["update b.b"],
    });
  });

  it("tells nothing where there was no apply, or it came to its end", async () => {
    expect(await unfinished()).toBeUndefined();
    const journal = new ApplyJournal(file);
    await journal.begin();
    journal.note(done("a.a"));
    await journal.end();
    expect(await unfinished()).toBeUndefined();
  });

  it("begins anew with each apply", async () => {
    const journal = new ApplyJournal(file);
    await journal.begin();
    journal.note(done("a.a"));
    await journal.begin();
    expect(await unfinished()).toEqual({ done: [], failed: [] });
  });

  it("writes nothing down before an apply begins, nor after its end, nor of what it only says", async () => {
    const journal = new ApplyJournal(file);
    journal.note(done("a.a"));
    expect(await unfinished()).toBeUndefined();
    await journal.begin();
    journal.note({
      type: "diagnostic",
      diagnostic: { severity: "error", summary: "no", detail: "" },
    });
    expect(await unfinished()).toEqual({ done: [], failed: [] });
    await journal.end();
    journal.note(done("a.a"));
    expect(await unfinished()).toBeUndefined();
  });

  it("is read as far as it goes, where the machine stopped while it was written", async () => {
    const journal = new ApplyJournal(file);
    await journal.begin();
    journal.note(done("a.a"));
    await appendFile(file, '{"type":"done","action":"cre');
    expect(await unfinished()).toEqual({ done: ["create a.a"], failed: [] });
  });
});
