/**
 * Each fixture becomes a manifest: its routes and tables are those that an independent count finds, and every other
 * part of it is listed.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { validateManifest } from "../../src/manifest/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { adoptFile, carriedBy } from "./adopted.ts";
import { countOf } from "./independent-count.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const names = ["serverless.yml", "template.json", "template.yaml"];
const fixtures = readdirSync(here("fixtures"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const folder = here(`fixtures/${name}`);
    const file = readdirSync(folder).find((one) => names.includes(one)) ?? "";
    return { name, folder, file: path.join(folder, file) };
  });

describe("the fixtures", () => {
  it("are ten at least, of both kinds", () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(10);
    for (const kind of ["sam", "serverless"]) {
      expect(fixtures.filter(({ name }) => name.startsWith(kind)).length).toBeGreaterThanOrEqual(5);
    }
  });
});

describe("what is written", () => {
  it("is laid out as the formatter lays it out", async () => {
    const folder = await temporaryFolder();
    const { formatter } = JSON.parse(readFileSync(here("../../biome.json"), "utf8"));
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ formatter }));
    for (const { name, file } of fixtures) {
      writeFileSync(path.join(folder, `${name}.ts`), adoptFile(file).text);
    }
    const biome = here("../../node_modules/.bin/biome");
    const { status, stderr, stdout } = spawnSync(
      biome,
      ["format", ...fixtures.map(({ name }) => `${name}.ts`)],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    expect(stderr + stdout).toContain(`Checked ${fixtures.length} files`);
    expect([status, stderr]).toEqual([0, ""]);
  });
});

describe.each(fixtures)("$name", ({ name, folder, file }) => {
  const adoption = adoptFile(file);
  const text = readFileSync(file, "utf8");

  it("has the routes and tables that are counted without the code under test", () => {
    const count = countOf(text, (one) => {
      const isProgram = one.endsWith(".js");
      return isProgram ? "" : readFileSync(path.join(folder, one), "utf8");
    });
    expect(carriedBy(adoption)).toEqual({ routes: count.routes, tables: count.tables });
    const events = adoption.losses.filter(
      ({ what }) => /^event /.test(what) && !/payload version|OPTIONS|options/.test(what),
    );
    expect(events.length).toBe(count.otherEvents);
  });

  it("becomes the service.ts, and the list of what is not in it, that are in golden", async () => {
    const losses = adoption.losses.map(
      ({ place, what, why, instead }) =>
        `${place.file}:${place.line}:${place.column} ${what}\n  why: ${why}\n  instead: ${instead}`,
    );
    await expect(adoption.text).toMatchFileSnapshot(here(`golden/${name}.service.ts.txt`));
    await expect(`${losses.join("\n")}\n`).toMatchFileSnapshot(here(`golden/${name}.losses.txt`));
  });

  it("leaves to a human only what no file says", () => {
    const codes = adoption.problems.map(({ code, path: keys }) => `${code} ${keys.at(-1)}`);
    const known = [
      "MANIFEST_FILE_NOT_FOUND entry",
      "MANIFEST_MISSING_KEY allowOrigins",
      ...["readReport", "track", "auth", "report"].map((key) => `MANIFEST_NO_AUTH ${key}`),
    ];
    expect(codes.filter((code) => !known.includes(code))).toEqual([]);
    const missing = adoption.problems.some(({ code }) => code !== "MANIFEST_FILE_NOT_FOUND");
    expect(validateManifest(adoption.definition).ok).toBe(!missing);
  });

  it("has each of these problems as a comment, with its fix", () => {
    const comments = adoption.text.replace(/\n\s*\/\/ /g, " ");
    for (const { message, fix } of adoption.problems) {
      expect(comments).toContain(`${message} fix: ${fix}`);
    }
  });

  it("says of each part that is not carried over where it stands, why, and what to do", () => {
    const lines = text.split("\n");
    for (const { place, why, instead } of adoption.losses) {
      expect(why).not.toBe("");
      expect(instead).not.toBe("");
      if (place.file !== path.basename(file)) continue;
      expect(lines[place.line - 1]?.length ?? 0).toBeGreaterThanOrEqual(place.column - 1);
    }
  });
});
