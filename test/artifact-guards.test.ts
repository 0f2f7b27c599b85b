/**
 * What makes a function slow to start, or large, can be seen in its zip. No clock is asked, so this holds
 * on every machine; what it comes to in time, `npm run bench -- cold` says.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { codeCompilers } from "../src/dev/index.ts";
import {
  type Artifact,
  buildArtifacts,
  loadService,
  unpackArtifact,
} from "../src/package/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const product = fileURLToPath(new URL("../services/product", import.meta.url));
/** A little more than there is. */
const zippedBytes = 96_000;
const unzippedBytes = 315_000;

describe("the Product service's zips", { timeout: 120_000 }, () => {
  let artifacts: readonly Artifact[];
  beforeAll(async () => {
    const { directory, manifest } = await loadService(product);
    const functions = Object.entries(manifest.functions).map(([key, { entry }]) => ({
      key,
      entry,
      runtime: manifest.runtime,
    }));
    artifacts = await buildArtifacts(directory, functions, codeCompilers(directory));
  }, 120_000);

  // English is the one that zod sets by itself.
  it("hold zod without its languages: a named import of zod keeps them all", () => {
    expect(inside(/\/zod\/.*\/locales\/(?!en\.)/)).toEqual([]);
  });

  it("hold no credentials but those of Lambda's environment", () => {
    expect(inside(/credential-provider-(?:sso|ini|process|login)\//)).toEqual([]);
  });

  it("hold no event streams: no call to a table has any", () => {
    expect(inside(/\/event-streams\//)).toEqual([]);
  });

  it("hold no X-Ray SDK: Lambda traces by itself", () => {
    expect(inside(/aws-xray-sdk/)).toEqual([]);
  });

  // It would load undici with it.
  // https://github.com/nodejs/node/issues/59686
  it("import neither node:http nor node:https as ES modules", async () => {
    const importing = await filesWith(/(?:\bfrom|\bimport)\s*["'](?:node:)?https?["']/);
    expect(importing).toEqual([]);
  });

  it(`have at most ${zippedBytes / 1000} KB, and ${unzippedBytes / 1000} KB unzipped`, () => {
    const tooLarge = artifacts
      .map(({ key, zip, files }) => ({
        key,
        zipped: zip.length,
        unzipped: files.reduce((sum, { bytes }) => sum + bytes, 0),
      }))
      .filter((one) => one.zipped > zippedBytes || one.unzipped > unzippedBytes);
    expect(tooLarge).toEqual([]);
  });

  /** The packages of the source files that left something in a zip. */
  function inside(pattern: RegExp): string[] {
    const found = artifacts.flatMap(({ key, inputs }) =>
      inputs
        .filter((input) => input.bytes > 0 && pattern.test(input.path))
        .map((input) => `${key}: ${input.package?.name ?? input.path}`),
    );
    return [...new Set(found)];
  }

  async function filesWith(pattern: RegExp): Promise<string[]> {
    const found: string[] = [];
    for (const { key, zip } of artifacts) {
      const folder = await temporaryFolder();
      await unpackArtifact(zip, folder);
      for (const name of await readdir(folder, { recursive: true })) {
        const file = path.join(folder, name);
        if (!(await stat(file)).isFile()) continue;
        const [match] = pattern.exec(await readFile(file, "utf8")) ?? [];
        if (match !== undefined) found.push(`${key}/${name}: ${match}`);
      }
    }
    return found;
  }
});
