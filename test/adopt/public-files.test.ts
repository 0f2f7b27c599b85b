/**
 * Adopts every template and Serverless file of a folder that is not ours: `ADOPT_FILES=FOLDER`. Their routes and tables
 * have to be those of the independent count, whatever else is in them.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { LambdakitError } from "../../src/errors/index.ts";
import { adoptFile, carriedBy } from "./adopted.ts";
import { countOf } from "./independent-count.ts";

const folder = process.env.ADOPT_FILES;
const files =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /(?:template|serverless)[^/]*\.(?:ya?ml|json)$/.test(file))
        .filter((file) => !file.includes("node_modules"))
        .map((file) => ({ file, absolute: path.join(folder, file) }));

describe.skipIf(folder === undefined)("files of others", () => {
  it("are there", () => expect(files.length).toBeGreaterThan(0));

  it.each(files)("$file", ({ absolute }) => {
    const text = readFileSync(absolute, "utf8");
    const included = (file: string) => {
      try {
        return readFileSync(path.join(path.dirname(absolute), file), "utf8");
      } catch {
        return "";
      }
    };
    try {
      const { routes, tables } = carriedBy(adoptFile(absolute));
      const count = countOf(text, included);
      expect({ routes, tables }).toEqual({ routes: count.routes, tables: count.tables });
    } catch (error) {
      // Files of other clouds, and of other tools.
      if (!(error instanceof LambdakitError)) throw error;
      expect(error.code).toMatch(/^ADOPT_UN(?:KNOWN_FORMAT|READABLE)$/);
    }
  });
});
