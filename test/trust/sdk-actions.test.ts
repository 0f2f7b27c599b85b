import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { sdkActions } from "./sdk-actions.ts";

it("names every call of src/aws, and none that is not there any more", async () => {
  const folder = "src/aws";
  const files = (await readdir(folder)).filter((name) => !name.endsWith(".test.ts"));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  const calls = texts.flatMap((text) =>
    [...text.matchAll(/new (?:\w+\.)?(\w+)Command\(|\bpaginate(\w+)\(/g)].map(
      ([, command, pages]) => command ?? pages,
    ),
  );
  expect([...new Set(calls)].sort()).toEqual(Object.keys(sdkActions));
});
