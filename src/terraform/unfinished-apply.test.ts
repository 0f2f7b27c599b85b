import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { readUnfinishedApply } from "./unfinished-apply.ts";

const line = (type: string, addr: string, action = "create") =>
  `${JSON.stringify({ type, hook: { resource: { addr }, action, elapsed_seconds: 1 } })}\n`;

async function unfinished(log: string) {
  const folder = await temporaryFolder({ "apply.jsonl": log });
  return readUnfinishedApply(`${folder}/apply.jsonl`);
}

describe("what Terraform had printed of an apply", () => {
  it("says what was done and what failed", async () => {
    const log =
      line("apply_complete", "a.a") +
      line("apply_errored", "b.b", "update") +
      line("apply_complete", "c.c");
    expect(await unfinished(log)).toEqual({
      done: ["create a.a", "create c.c"],
      failed: ["update b.b"],
      isComplete: false,
    });
  });

  it("says that the apply came to its end, where nobody was there to see it", async () => {
    const summary = { type: "change_summary", changes: { add: 1, operation: "apply" } };
    expect(await unfinished(line("apply_complete", "a.a") + JSON.stringify(summary))).toEqual({
      done: ["create a.a"],
      failed: [],
      isComplete: true,
    });
  });

  it("is read as far as it goes, where the machine stopped while it was written", async () => {
    const log = line("apply_complete", "a.a") + line("apply_complete", "b.b").slice(0, 30);
    expect(await unfinished(log)).toMatchObject({ done: ["create a.a"] });
  });

  it("is nothing where no apply is left unfinished", async () => {
    expect(await readUnfinishedApply(`${await temporaryFolder()}/apply.jsonl`)).toBeUndefined();
  });
});
