import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { replaceFile } from "./index.ts";

describe("replaceFile", () => {
  it("writes a new file with its folder, and a new text in place of an old one", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "a/b.txt");
    await replaceFile(file, "one");
    await replaceFile(file, "two");
    expect(await readFile(file, "utf8")).toBe("two");
    expect(await readdir(path.dirname(file))).toEqual(["b.txt"]);
  });

  it("leaves nothing behind where it cannot write", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, "b.txt/inside"), { recursive: true });
    await expect(replaceFile(path.join(folder, "b.txt"), "one")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["b.txt"]);
  });
});
