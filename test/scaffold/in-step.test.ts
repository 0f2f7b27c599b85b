/**
 * The Product service is what the scaffold makes, plus its own code. Where the two differ, this says why: neither can
 * change alone.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readTemplate, readVersions } from "../../src/cli/scaffolding/read-template.ts";
import { scaffoldService } from "../../src/scaffold/index.ts";
import { productSpec } from "./specs.ts";

const product = fileURLToPath(new URL("../../services/product/", import.meta.url));

/** Files of the Product service that no new service has, or that say something else there. */
const itsOwn: Readonly<Record<string, string>> = {
  "package.json": "it is a workspace of this repository, which has the tools",
  "sample-data.json": "what BBWS sells",
  "tests/described-api.ts":
    "holds each answer against the OpenAPI document, by a package that few services need",
  "tests/integration/faults.test.ts": "the faults of the reference that must not come back",
  "tests/integration/metrics.test.ts": "reads figures as the toolkit's own tests do",
  "tests/integration/openapi.test.ts": "uses tests/described-api.ts",
  "tests/integration/product-fields.test.ts": "rules of prices and texts, to the last digit",
};

/** Files of a new service that this repository has at its root, for all that is in it. */
const atTheRoot: readonly string[] = [
  ".editorconfig",
  ".gitignore",
  ".nvmrc",
  ".vscode/settings.json",
  "README.md",
  "biome.json",
  "tests/engine.ts",
  "tsconfig.json",
  "vitest.config.ts",
];

/** What `generate` derives has a test of its own: test/runbook.test.ts, src/deploy, test/workflows. */
const isDerived = (file: string) => /^(?:runbooks|terraform)\//.test(file);

const listed = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "."],
  {
    cwd: product,
    encoding: "utf8",
  },
);
const ofProduct = listed
  .trim()
  .split("\n")
  .filter((file) => !isDerived(file));
const made = scaffoldService(productSpec, await readTemplate(), await readVersions());

describe("the Product service", () => {
  it("has every file that the scaffold makes, byte for byte, but for those that are its own", () => {
    const same = [...made].filter(([file]) => !(file in itsOwn) && !atTheRoot.includes(file));
    expect(same.length).toBeGreaterThan(40);
    const texts = same.map(([file]) => [file, readFileSync(path.join(product, file), "utf8")]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(same));
  });

  it("has no other file than these, and those that are said to be its own", () => {
    const known = [...made.keys()].filter((file) => !atTheRoot.includes(file));
    expect(ofProduct.sort()).toEqual([...new Set([...known, ...Object.keys(itsOwn)])].sort());
  });

  it("differs in each file that is said to be its own", () => {
    const equal = Object.keys(itsOwn).filter(
      (file) => made.get(file) === readFileSync(path.join(product, file), "utf8"),
    );
    expect(equal).toEqual([]);
  });
});
