import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { findNamedValues, tokenForms } from "../../leaks/index.ts";
import { bundleArtifacts } from "../artifact-bundle/bundle-artifacts.ts";
import type { BundledFunction } from "../contents/contents.ts";
import { findSecrets } from "./find-secrets.ts";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A text of so many characters, none of them said by this file: a scanner of repositories reads it too. */
const some = (length: number, from = letters) =>
  fc.string({ unit: fc.constantFrom(...from), minLength: length, maxLength: length });

/** What looks like a secret, by what is said of it. */
const secrets = {
  "an AWS access key id": fc.tuple(fc.constantFrom("AKIA", "ASIA"), some(16, capitals)),
  "a GitHub token": fc.tuple(fc.constantFrom("ghp_", "gho_", "ghs_"), some(36)),
  "a Slack token": fc.tuple(fc.constant("xoxb-1"), some(24)),
  "a Stripe key": fc.tuple(fc.constantFrom("sk_live_", "rk_live_"), some(24)),
  "an npm token": fc.tuple(fc.constant("npm_"), some(36)),
  "a Google API key": fc.tuple(fc.constant("AIza"), some(35)),
  "a JSON Web Token": fc.tuple(
    fc.constant("eyJ"),
    some(20),
    fc.constant(".eyJ"),
    some(20),
    fc.constant("."),
    some(43),
  ),
  "a password in a URL": fc.tuple(
    fc.constant("postgres://shop:"),
    some(16),
    fc.constant("@db.internal/shop"),
  ),
};

const anySecret = fc.oneof(
  ...Object.entries(secrets).map(([what, parts]) =>
    parts.map((all) => [what, all.join("")] as const),
  ),
);

describe("a secret in an artifact", () => {
  it("is found whatever it is, in any code, and is not printed", async () => {
    await fc.assert(
      fc.asyncProperty(anySecret, fc.string(), async ([what, secret], comment) => {
        const code = `// ${JSON.stringify(comment)}\nexport const handler = () => fetch("${secret}");`;
        const [found, ...others] = await findSecrets("/nowhere", bundled(code));
        expect(found?.what).toContain(what);
        expect(others).toEqual([]);
        expect(JSON.stringify(found)).not.toContain(secret.slice(-12));
      }),
    );
  });

  it("has the line of the source, where the bundle has one line only", async () => {
    const key = ["AKIA", "QWERTZUIOPASDFGH"].join("");
    const found = await inService({
      "src/get.ts":
        'import { id } from "./id.ts";\n/** Says it. */\nexport const handler = async () => id;\n',
      "src/id.ts": `// A key.\n\nexport const id =\n  "${key}";\n`,
    });
    expect(found).toEqual([
      {
        what: "an AWS access key id (AKIA…, 20 characters)",
        file: "src/id.ts",
        line: 4,
        column: 4,
      },
    ]);
  });

  it("is found by the source map where the source has it in pieces", async () => {
    const found = await inService({
      "src/get.ts": '\n\nexport const handler = async () => "AKIA" + "QWERTZUI" + "OPASDFGH";\n',
    });
    expect(found).toMatchObject([{ file: "src/get.ts", line: 3 }]);
  });

  it("is found in a private key of several lines, and in JSON", async () => {
    const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
    const found = await inService({
      "src/get.ts": `import data from "./data.json";\nexport const key = \`-----BEGIN PRIVATE KEY-----\n${body}\`;\nexport const handler = async () => data;\n`,
      // not-a-secret: made up for a test
      "src/data.json": '{ "clientSecret": "q8J2xV5nT7wR4zL9" }\n',
    });
    expect(found.map(({ what, file, line }) => [what, file, line])).toEqual([
      [expect.stringContaining("a private key"), "src/get.ts", 2],
      ['the value of "clientSecret" (16 characters)', "src/data.json", 1],
    ]);
  });

  it("is found in a package, too", async () => {
    const token = ["npm", "a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6"].join("_");
    const found = await inService({
      "src/get.ts": 'import { token } from "leaky";\nexport const handler = async () => token;\n',
      "node_modules/leaky/package.json": '{ "name": "leaky", "main": "index.js" }',
      "node_modules/leaky/index.js": `export const token = "${token}";\n`,
    });
    expect(found).toMatchObject([{ file: "node_modules/leaky/index.js", line: 1 }]);
  });

  it("is none where a comment on its line or the one above says so, with the reason", async () => {
    const key = ["AKIA", "QWERTZUIOPASDFGH"].join("");
    const withComment = (comment: string) =>
      inService({
        "src/get.ts": `${comment}\nexport const handler = async () => "${key}";\n`,
      });
    expect(await withComment("// not-a-secret: made up for the documentation")).toEqual([]);
    expect(await withComment("// not-a-secret:")).toHaveLength(1);
    expect(await withComment("// not-a-secret: too far\n")).toHaveLength(1);
    const both = await inService({
      "src/get.ts": `const one = "${key}"; // not-a-secret: an example\nexport const handler = async () => [one,\n\n"${key}"];\n`,
    });
    expect(both).toMatchObject([{ line: 4 }]);
  });

  it("is none where the bundle does not have it, or where AWS made it up", async () => {
    const key = ["AKIA", "QWERTZUIOPASDFGH"].join("");
    expect(
      await inService({
        // not-a-secret: made up for a test
        "src/get.ts": `// ${key}\nconst password = "q8J2xV5nT7wR4zL9";\nexport const handler = async () => "AKIAIOSFODNN7EXAMPLE";\n`,
      }),
    ).toEqual([]);
  });
});

describe("what the AWS SDK and zod consist of", () => {
  it("has nothing that looks like a secret", async () => {
    const modules = fileURLToPath(new URL("../../../node_modules/", import.meta.url));
    const found: string[] = [];
    for (const folder of ["@aws-sdk", "@smithy", "zod/v4"]) {
      const entries = await readdir(path.join(modules, folder), { recursive: true });
      for (const file of entries.filter((name) =>
        /(?:dist-es|v4|core|classic).*\.js$/.test(name),
      )) {
        const text = await readFile(path.join(modules, folder, file), "utf8");
        const tokens = tokenForms.filter(({ pattern }) => text.search(pattern) !== -1);
        found.push(...tokens.map(({ name }) => `${file}: ${name}`));
        found.push(...findNamedValues(text).map(({ name }) => `${file}: ${name}`));
      }
    }
    expect(found).toEqual([]);
  });
});

describe("a value that is called a secret", () => {
  it.each([
    ['const password = "q8J2xV5nT7wR4zL9";', "password"], // not-a-secret: made up for a test
    ["const dbPassword: string = 'q8J2xV5nT7wR4zL9';", "dbPassword"], // not-a-secret: made up for a test
    ['{ "apiKey": "q8J2xV5nT7wR4zL9" }', "apiKey"], // not-a-secret: made up for a test
    ["client_secret: `q8J2xV5nT7wR4zL9`,", "client_secret"], // not-a-secret: made up for a test
    ['headers["X-Api-Token"] = "q8J2xV5nT7wR4zL9"', "X-Api-Token"], // not-a-secret: made up for a test
    ['const API_KEY="q8J2xV5nT7wR4zL9"', "API_KEY"], // not-a-secret: made up for a test
  ])("is found in %s", (text, name) => {
    expect(findNamedValues(text).map((one) => one.name)).toEqual([name]);
  });

  it.each([
    'const nextToken = "PAGE_TOKEN_KEY";',
    'const secretName = "prod/shop-1/database2";',
    'const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf";',
    'const tokenUrl = "https://login.example.com/oauth2/v1/token";',
    'const password = process.env.PASSWORD ?? "";',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template.
    "const token = `Bearer ${token1234567890}`;",
    'const password = "your-password-here";',
    'const password = "aaaa1111aaaa";',
    'const TOKEN_HEADER_NAME = "x-aws-ec2-metadata-token";',
    'const SESSION_TOKEN = "X-Amz-S3session-Token";',
    'const passwordField = "inputPassword2024x";',
    'if (token === "q8J2xV5nT7wR4zL9") return;',
  ])("is none in %s", (text) => {
    expect(findNamedValues(text)).toEqual([]);
  });

  it("stands where it is said to stand, in any text", () => {
    fc.assert(
      fc.property(fc.string(), some(24), fc.string(), (before, value, after) => {
        const text = `${before}\nconst password = "${value}";\n${after}`;
        for (const found of findNamedValues(text)) {
          expect(text.slice(found.at, found.at + found.value.length)).toBe(found.value);
        }
      }),
    );
  });
});

/** A bundle of one file that is as it was written. */
function bundled(code: string): BundledFunction {
  return {
    key: "get",
    entry: "src/get.ts",
    exports: ["handler"],
    files: { "index.mjs": new TextEncoder().encode(code) },
    sourceMaps: {},
    inputs: [],
  };
}

async function inService(files: Readonly<Record<string, string>>) {
  const directory = await temporaryFolder(files);
  const [bundle] = await bundleArtifacts(directory, [
    { key: "get", entry: "src/get.ts", runtime: "nodejs22.x" },
  ]);
  return findSecrets(directory, bundle as BundledFunction);
}
