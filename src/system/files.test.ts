import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { fileExists, readJsonFile, readTextFile, writeFiles } from "./index.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("writeFiles", () => {
  it("writes files, and the folders that they are in", async () => {
    const folder = await temporaryFolder();
    const [one, two, three] = ["a/b/one.txt", "a/b/two.txt", "c/three.txt"].map((name) =>
      path.join(folder, name),
    ) as [string, string, string];
    await writeFiles([
      { path: one, contents: bytes("one") },
      { path: two, contents: bytes("two") },
      { path: three, contents: bytes("drei, trois, tři") },
    ]);
    expect(await readFile(one, "utf8")).toBe("one");
    expect(await readFile(two, "utf8")).toBe("two");
    expect(await readTextFile(three)).toBe("drei, trois, tři");
  });

  it("replaces a file that is there", async () => {
    const file = path.join(await temporaryFolder({ "file.txt": "a long text" }), "file.txt");
    await writeFiles([{ path: file, contents: bytes("short") }]);
    expect(await readTextFile(file)).toBe("short");
  });

  it("writes nothing where there is nothing to write", async () => {
    await expect(writeFiles([])).resolves.toBeUndefined();
  });
});

describe("fileExists", () => {
  it("is true for a file, and false for a folder or for nothing", async () => {
    const folder = await temporaryFolder({ "there/file.txt": "" });
    expect(fileExists(path.join(folder, "there/file.txt"))).toBe(true);
    expect(fileExists(path.join(folder, "there"))).toBe(false);
    expect(fileExists(path.join(folder, "nowhere"))).toBe(false);
  });
});

describe("readJsonFile", () => {
  it("gives what the file says", async () => {
    const folder = await temporaryFolder({ "data.json": '[{ "a": null }]' });
    expect(await readJsonFile(path.join(folder, "data.json"))).toEqual([{ a: null }]);
  });

  it("throws a SyntaxError where the file is not JSON", async () => {
    const folder = await temporaryFolder({ "data.json": "{" });
    await expect(readJsonFile(path.join(folder, "data.json"))).rejects.toThrow(SyntaxError);
  });
});
