import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useGreeter } from "../../../test/packaged-greeter.ts";
import { isExpression } from "./licence.ts";
import { packageUrl } from "./package-url.ts";

interface Bill {
  readonly serialNumber: string;
  readonly metadata: { readonly component: unknown };
  readonly components: readonly Record<string, unknown>[];
  readonly dependencies: readonly unknown[];
}

describe("the bill of materials", () => {
  it("is CycloneDX 1.6, by its official schema", async () => {
    const validate = await schema();
    const bill = await billOf({});
    validate(bill);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("names the service, its artifacts and the packages inside, with what they need", async () => {
    const integrity = `sha512-${Buffer.alloc(64, 7).toString("base64")}`;
    const bill = await billOf({
      "package-lock.json": JSON.stringify({ packages: { "node_modules/words": { integrity } } }),
      "node_modules/words/hello.js": 'export { word as hello } from "@acme/one-word";\n',
      "node_modules/@acme/one-word/package.json":
        '{ "name": "@acme/one-word", "version": "0.1.0" }',
      "node_modules/@acme/one-word/index.js": 'export const word = "hello";\n',
      "node_modules/words/index.js":
        'export { hello } from "./hello.js";\nexport const a = 1;\nconsole.log(a);\n',
    });
    expect(bill.metadata.component).toEqual({
      type: "application",
      "bom-ref": "service:greeter",
      name: "greeter",
      version: "2.1.0",
    });
    const [greet, part, oneWord, words] = bill.components;
    expect([greet, part]).toMatchObject([
      { name: expect.stringMatching(/^greet-/), hashes: [{ alg: "SHA-256" }] },
      { name: expect.stringMatching(/^part-/) },
    ]);
    expect(oneWord).toEqual({
      type: "library",
      "bom-ref": "pkg:npm/%40acme/one-word@0.1.0",
      group: "@acme",
      name: "one-word",
      version: "0.1.0",
      purl: "pkg:npm/%40acme/one-word@0.1.0",
    });
    expect(words).toMatchObject({
      licenses: [{ expression: "MIT" }],
      hashes: [{ alg: "SHA-512", content: "07".repeat(64) }],
    });
    expect(bill.dependencies).toEqual([
      { ref: "service:greeter", dependsOn: ["artifact:greet", "artifact:part"] },
      { ref: "artifact:greet", dependsOn: ["pkg:npm/words@1.2.3"] },
      { ref: "artifact:part", dependsOn: [] },
      { ref: "pkg:npm/%40acme/one-word@0.1.0", dependsOn: [] },
      { ref: "pkg:npm/words@1.2.3", dependsOn: ["pkg:npm/%40acme/one-word@0.1.0"] },
    ]);
  });

  it("leads through a package that only passes on what another has", async () => {
    const bill = await billOf({
      "src/greet.ts":
        'import { hello } from "passed-on";\nexport const handler = async () => hello;\n',
      "package.json": '{ "dependencies": { "passed-on": "1" } }',
      "node_modules/passed-on/package.json": '{ "name": "passed-on", "version": "1.0.0" }',
      "node_modules/passed-on/index.js": 'export { hello } from "words";\n',
    });
    expect(bill.dependencies).toContainEqual({
      ref: "artifact:greet",
      dependsOn: ["pkg:npm/words@1.2.3"],
    });
  });

  it("has the same number for the same artifacts, and another for others", async () => {
    const { serialNumber } = await billOf({});
    expect(serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/,
    );
    expect((await billOf({})).serialNumber).toBe(serialNumber);
    const other = await billOf({ "src/part.ts": "export const handler = async () => 5;\n" });
    expect(other.serialNumber).not.toBe(serialNumber);
  });

  it.each([
    ['"license": "(MIT OR Apache-2.0)"', { expression: "(MIT OR Apache-2.0)" }],
    ['"license": { "type": "ISC" }', { expression: "ISC" }],
    [
      '"licenses": [{ "type": "MIT" }, { "type": "BSD-3-Clause" }]',
      { expression: "(MIT OR BSD-3-Clause)" },
    ],
    ['"license": "SEE LICENSE IN terms.txt"', { license: { name: "SEE LICENSE IN terms.txt" } }],
    ['"license": "UNLICENSED"', { license: { name: "UNLICENSED" } }],
    ['"private": true', { license: { name: "LICENSE" } }],
  ])("reads the licence of a package that says %s", async (stated, expected) => {
    const bill = await billOf({
      "node_modules/words/package.json": `{ "name": "words", "version": "1.2.3", ${stated} }`,
    });
    expect(bill.components[2]?.licenses).toEqual([expected]);
  });
});

describe("the URL of a package", () => {
  it("is as its specification has it", () => {
    expect(packageUrl("zod", "4.6.7")).toBe("pkg:npm/zod@4.6.7");
    expect(packageUrl("@angular/animation", "12.3.1")).toBe("pkg:npm/%40angular/animation@12.3.1");
    expect(packageUrl("a", "1.0.0-beta.1+x y")).toBe("pkg:npm/a@1.0.0-beta.1%2Bx%20y");
  });

  it("says the name and the version, whatever they are", () => {
    const text = fc.string({ minLength: 1 }).filter((one) => !one.includes("/"));
    fc.assert(
      fc.property(fc.option(text), text, text, (scope, name, version) => {
        const url = packageUrl(scope === null ? name : `@${scope}/${name}`, version);
        expect(url).toMatch(/^pkg:npm\/[\w.~:%-]+(\/[\w.~:%-]+)?@[\w.~:%-]+$/);
        const [, path = "", written = ""] = /^pkg:npm\/(.*)@([^@]*)$/.exec(url) ?? [];
        expect(decodeURIComponent(path)).toBe(scope === null ? name : `@${scope}/${name}`);
        expect(decodeURIComponent(written)).toBe(version);
      }),
    );
  });
});

describe("an SPDX expression", () => {
  it("is told from what is none by its form", () => {
    const is = ["MIT", "Apache-2.0 WITH LLVM-exception", "(MIT OR GPL-2.0+) AND 0BSD"];
    expect(is.map(isExpression)).toEqual([true, true, true]);
    const isNot = ["", "SEE LICENSE IN x", "UNLICENSED", "MIT, see below", "NOASSERTION"];
    expect(isNot.map(isExpression)).toEqual([false, false, false, false, false]);
  });
});

async function billOf(changes: Readonly<Record<string, string>>): Promise<Bill> {
  const { artifacts, run } = await useGreeter(changes);
  expect(await run()).toMatchObject({ exitCode: 0 });
  return JSON.parse(await readFile(path.join(artifacts, "sbom.cdx.json"), "utf8"));
}

/** As the package of CycloneDX's own library has it. */
async function schema() {
  const require = createRequire(import.meta.url);
  const library = path.dirname(require.resolve("@cyclonedx/cyclonedx-library/package.json"));
  const read = async (name: string) =>
    JSON.parse(
      await readFile(path.join(library, "res/schema", `${name}.SNAPSHOT.schema.json`), "utf8"),
    );
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    ajv.addSchema(await read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(await read("bom-1.6"));
}
