import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtRelease, memoryEnvironment } from "../../test/release-world.ts";
import { createRelease, parseRelease, type Release, releaseId } from "./release.ts";

const { release, documents } = builtRelease("one");

describe("a release's id", () => {
  it("is of what it consists of, whoever builds it, and when", () => {
    const built = { ...release.built, at: "2020-01-01T00:00:00.000Z", by: "bob", commit: null };
    expect(createRelease(release, built).id).toBe(release.id);
  });

  it("is another for anything else, and the record is refused under the old one", () => {
    const places = ["service", "manifestSha256", "stackSha256", "sbomSha256"] as const;
    const change = fc.record({
      at: fc.constantFrom(...places),
      text: fc.stringMatching(/^[0-9a-f]{8}$/),
    });
    fc.assert(
      fc.property(change, ({ at, text }) => {
        const changed: Release = { ...release, [at]: text };
        expect(releaseId(changed)).not.toBe(release.id);
        expect(() => parseRelease(JSON.stringify(changed), release.id)).toThrow(
          /is not what its id says/,
        );
      }),
    );
    const { list, ...others } = release.artifacts;
    for (const artifacts of [
      others,
      { ...others, list: { sha256: "00", bytes: list?.bytes ?? 0 } },
    ]) {
      expect(releaseId({ ...release, artifacts } as Release)).not.toBe(release.id);
    }
    expect(releaseId({ ...release, plans: { ...release.plans, prod: "00" } })).not.toBe(release.id);
  });

  it("does not depend on the order of keys", () => {
    const backwards = Object.fromEntries(Object.entries(release).reverse()) as unknown as Release;
    expect(releaseId(backwards)).toBe(release.id);
  });
});

describe("a release that is kept", () => {
  it("stays as it was kept first", async () => {
    const { releases, store } = memoryEnvironment("dev");
    await releases.keep(release, documents);
    const before = new Map(store.objects);
    const again = { ...release, built: { ...release.built, by: "bob" } };
    expect(await releases.keep(again, documents)).toEqual(release);
    expect(store.objects).toEqual(before);
    expect(await releases.list()).toEqual([release]);
    expect(await releases.documentsOf(release)).toEqual(documents);
  });

  it("is not listed before all of it is there", async () => {
    const { releases, store } = memoryEnvironment("dev");
    const keys: string[] = [];
    const putOnce = store.putOnce.bind(store);
    store.putOnce = async (key, contents) => {
      keys.push(key.split("/").at(-1) ?? "");
      return putOnce(key, contents);
    };
    await releases.keep(release, documents);
    expect(keys.at(-1)).toBe("release.json");
    expect(keys).toHaveLength(5);
  });
});
