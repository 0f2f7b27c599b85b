import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { writeFolder } from "./kept-folders.ts";

it("is written whole by whoever is first of many at once, and nothing else is left beside it", async () => {
  const parent = await temporaryFolder();
  const folder = path.join(parent, "kept");
  const files = Array.from({ length: 20 }, (_, number) => ({
    name: `part/${number}.js`,
    contents: Buffer.from(String(number)),
  }));
  await Promise.all(Array.from({ length: 10 }, () => writeFolder(folder, files)));
  expect(await readdir(parent)).toEqual(["kept"]);
  expect((await readdir(path.join(folder, "part"))).length).toBe(20);
  expect(await readFile(path.join(folder, "part/7.js"), "utf8")).toBe("7");
});
