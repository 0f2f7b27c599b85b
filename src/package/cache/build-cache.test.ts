import { mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settled } from "../../../test/packaged-greeter.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { BuildCache } from "./build-cache.ts";

const files = {
  "service/package.json": '{ "name": "service" }',
  "service/tsconfig.json": '{ "extends": "../base" } // with a comment',
  "base.json": "{}",
  "service/src/one.ts": "1",
  "service/src/deep/two/index.ts": "2",
  "service/generated/readme.txt": "nothing that went in",
  "node_modules/words/package.json": "{}",
  "node_modules/words/dist/hello.js": "hello",
};
const inputs = ["src/one.ts", "src/deep/two/index.ts", "../node_modules/words/dist/hello.js"];

describe("the last build", () => {
  it("comes back while nothing has changed, with the digests of what went in", async () => {
    const { cache } = await useBuild();
    const kept = await cache.read();
    expect(kept?.build).toEqual({ zip: new Uint8Array([1, 2, 3]) });
    expect(kept?.observations.find(({ path: file }) => file === "src/one.ts")?.state).toBe(
      "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    );
  });

  it("comes back when files were touched, moved with the folder, or written as they were", async () => {
    const { root, cache, cacheIn } = await useBuild();
    await utimes(path.join(root, "service/src/one.ts"), new Date(0), new Date(0));
    await writeFile(path.join(root, "service/package.json"), files["service/package.json"]);
    expect(await cache.read()).toBeDefined();
    await settled();
    await cache.read();
    expect(await cache.read()).toBeDefined();
    const other = path.join(await temporaryFolder(), "moved");
    await rename(root, other);
    await mkdir(root);
    expect(await cacheIn(path.join(other, "service")).read()).toBeDefined();
  });

  it("comes back when there are new files that no import could mean", async () => {
    const { root, cache } = await useBuild();
    await mkdir(path.join(root, "service/.git"));
    await writeFile(path.join(root, "readme.md"), "");
    await writeFile(path.join(root, "node_modules/words/dist/other.js"), "");
    expect(await cache.read()).toBeDefined();
  });

  it.each<[string, (root: string) => Promise<unknown>]>([
    ["a source file", (root) => writeFile(path.join(root, "service/src/one.ts"), "one")],
    [
      "a source file, with its size and its time as they were",
      async (root) => {
        const file = path.join(root, "service/src/one.ts");
        await writeFile(file, "7");
        await utimes(file, new Date(0), new Date(0));
      },
    ],
    ["a source file that is gone", (root) => rm(path.join(root, "service/src/one.ts"))],
    [
      "a file of a package",
      (root) => writeFile(path.join(root, "node_modules/words/dist/hello.js"), "bye"),
    ],
    [
      "a package's package.json",
      (root) => writeFile(path.join(root, "node_modules/words/package.json"), '{ "main": "x" }'),
    ],
    [
      "a package.json that was not there",
      (root) => writeFile(path.join(root, "node_modules/words/dist/package.json"), "{}"),
    ],
    ["tsconfig.json", (root) => writeFile(path.join(root, "service/tsconfig.json"), "{}")],
    [
      "what tsconfig.json extends",
      (root) => writeFile(path.join(root, "base.json"), '{ "compilerOptions": {} }'),
    ],
    [
      "a tsconfig.json that was not there, further up",
      (root) => writeFile(path.join(root, "tsconfig.json"), "{}"),
    ],
    [
      "a new file beside a folder that is imported",
      (root) => writeFile(path.join(root, "service/src/deep/two.ts"), ""),
    ],
    [
      "a new file where tsconfig.json's paths may look first",
      (root) => writeFile(path.join(root, "service/generated/one.ts"), ""),
    ],
    [
      "a new file beside one of a package, of the same name",
      (root) => writeFile(path.join(root, "node_modules/words/dist/hello.ts"), ""),
    ],
    [
      "a node_modules that is nearer",
      (root) => mkdir(path.join(root, "service/src/node_modules/words"), { recursive: true }),
    ],
    [
      "a package that was replaced by a link",
      async (root) => {
        await rename(path.join(root, "node_modules/words"), path.join(root, "words"));
        await symlink("../words", path.join(root, "node_modules/words"));
      },
    ],
  ])("does not come back after a change of %s", async (_, change) => {
    const { root, cache } = await useBuild();
    await change(root);
    expect(await cache.read()).toBeUndefined();
  });

  it("does not come back for another recipe, or from a folder of nothing", async () => {
    const { root, cacheIn } = await useBuild();
    expect(await cacheIn(path.join(root, "service"), "other").read()).toBeUndefined();
    expect(await cacheIn(path.join(root, "node_modules")).read()).toBeUndefined();
  });

  it("does not come back from a file that is broken, wherever and however it is", async () => {
    const { root, cache } = await useBuild();
    const folder = path.join(root, "service/.lambdakit/cache");
    const [name = ""] = await readdir(folder);
    const whole = await readFile(path.join(folder, name));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, difference, isCut) => {
          const broken = Buffer.from(whole);
          broken[at] = (broken[at] ?? 0) ^ difference;
          await writeFile(path.join(folder, name), isCut ? whole.subarray(0, at) : broken);
          expect(await cache.read()).toBeUndefined();
        },
      ),
      { numRuns: 50 },
    );
    await writeFile(path.join(folder, name), whole);
    expect(await cache.read()).toBeDefined();
  });

  it("is not kept where a file was written to while it was made", async () => {
    const { root, cacheIn } = await useBuild();
    const cache = cacheIn(path.join(root, "service"), "other");
    const startedAt = Date.now();
    await writeFile(path.join(root, "service/src/one.ts"), "one");
    await cache.keep(await cache.observe({ zip: new Uint8Array() }), startedAt);
    expect(await cache.read()).toBeUndefined();
  });

  it("is one of a few: older ones are taken away", async () => {
    const { root, cacheIn } = await useBuild();
    await settled();
    for (const recipe of ["1", "2", "3", "4", "5", "6"]) {
      const cache = cacheIn(path.join(root, "service"), recipe);
      await cache.keep(await cache.observe({ zip: new Uint8Array() }), Date.now());
      expect(await cache.read()).toBeDefined();
    }
    expect(await readdir(path.join(root, "service/.lambdakit/cache"))).toHaveLength(5);
  });

  it("is whole, however many write it at once", async () => {
    const { cache } = await useBuild();
    const observed = await cache.observe({ zip: new Uint8Array(200_000) });
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        await cache.keep(observed, Date.now());
        expect(await cache.read()).toBeDefined();
      }),
    );
  });
});

async function useBuild() {
  const root = await temporaryFolder(files);
  const cacheIn = (directory: string, recipe = "one") =>
    new BuildCache<{ zip: Uint8Array }>({ directory, recipe, inputs: () => inputs, others: [] });
  const cache = cacheIn(path.join(root, "service"));
  await settled();
  await cache.keep(await cache.observe({ zip: new Uint8Array([1, 2, 3]) }), Date.now());
  return { root, cache, cacheIn };
}
