import { rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { areUnchanged, stampFiles } from "./index.ts";

describe("stamps of files", () => {
  it("tell files that are as they were from others", async () => {
    const { file, other } = await useFiles();
    const stamps = stampFiles([file, other], Date.now());
    expect(areUnchanged(stamps)).toBe(true);
    await writeFile(file, "two");
    expect(areUnchanged(stamps)).toBe(false);
  });

  it("notice a file that is gone, and one that was never there", async () => {
    const { file, other } = await useFiles();
    const stamps = stampFiles([file], Date.now());
    await rm(file);
    expect(areUnchanged(stamps)).toBe(false);
    expect(areUnchanged(stampFiles([`${other}.none`], Date.now()))).toBe(false);
  });

  it("do not trust a file that was written while it was being read", async () => {
    const { file } = await useFiles();
    const readSince = Date.now();
    await writeFile(file, "new");
    expect(areUnchanged(stampFiles([file], readSince))).toBe(false);
  });

  it("of no files are always the same", () => {
    expect(areUnchanged({})).toBe(true);
  });
});

/** Two files that were written a while ago. */
async function useFiles() {
  const directory = await temporaryFolder({ "one.ts": "one", "other.ts": "other" });
  const [file, other] = ["one.ts", "other.ts"].map((name) => path.join(directory, name));
  const longAgo = new Date(Date.now() - 60_000);
  for (const name of [file, other]) await utimes(name as string, longAgo, longAgo);
  return { file: file as string, other: other as string };
}
