import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { changeFiles } from "./change-files.ts";

describe("files that are changed together", () => {
  it("are written, replaced and deleted, and nothing is left aside", async () => {
    const directory = await temporaryFolder({ "a.txt": "old", "b/c.txt": "gone" });
    const aside = path.join(directory, "aside");
    const written = new Map([
      ["a.txt", "new"],
      ["d/e.txt", "more"],
    ]);
    await changeFiles({ directory, written, deleted: ["b/c.txt"], aside });
    expect(await textsIn(directory)).toEqual({ "a.txt": "new", "d/e.txt": "more" });
  });

  it("are all as they were where one of them cannot be written", async () => {
    const before = { "a.txt": "old", "b.txt": "stays", "d/inside.txt": "here" };
    const directory = await temporaryFolder(before);
    const aside = path.join(directory, "aside");
    // A file cannot be where a folder with something in it is kept by its name, such as below another file.
    const written = new Map([
      ["a.txt", "new"],
      ["b.txt/below.txt", "impossible"],
    ]);
    await expect(
      changeFiles({ directory, written, deleted: ["d/inside.txt"], aside }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) });
    expect(await textsIn(directory)).toEqual(before);
  });
});

async function textsIn(directory: string): Promise<Record<string, string>> {
  await mkdir(path.join(directory, "aside"), { recursive: true });
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name));
  const texts = files.sort().map(async (file) => {
    return [path.relative(directory, file), await readFile(file, "utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}
