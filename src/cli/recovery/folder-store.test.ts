import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { builtRelease, MemoryStore } from "../../../test/release-world.ts";
import { folderOf } from "../../../test/served-service.ts";
import { Releases } from "../../release/index.ts";
import { folderStore } from "./folder-store.ts";

describe("a copy of an artifact bucket in a folder", () => {
  it("has the releases that the bucket has, byte for byte, and is written to by nobody", async () => {
    const { release, documents, zips } = builtRelease("one");
    const bucket = new MemoryStore();
    const releases = new Releases(bucket, "product");
    await releases.keep(release, documents);
    for (const [sha256, zip] of zips) await releases.putArtifact(zip, sha256);
    const folder = await folderOf({});
    for (const [key, contents] of bucket.objects) {
      const file = path.join(folder, ...key.split("/"));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, contents);
    }

    const store = folderStore(folder);
    expect(await store.keys("")).toEqual([...bucket.objects.keys()].sort());
    const copied = new Releases(store, "product");
    expect(await copied.list()).toEqual([release]);
    expect(await copied.documentsOf(release)).toEqual(await releases.documentsOf(release));
    for (const [sha256, zip] of zips) {
      expect(Buffer.from(await copied.artifact(release, sha256))).toEqual(Buffer.from(zip));
    }
    await expect(store.putOnce("releases/x", "")).rejects.toMatchObject({
      code: "REBUILD_NO_SOURCE",
    });
  });

  it("has nothing where there is no folder", async () => {
    const store = folderStore(path.join(await folderOf({}), "nowhere"));
    expect(await store.keys("releases/product/")).toEqual([]);
    expect(await store.read("releases/product/one/release.json")).toBeUndefined();
  });
});
