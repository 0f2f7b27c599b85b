import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLeaks, isPrivateFile, tokenForms } from "./index.ts";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const hex = "0123456789abcdef";

/** So many characters, made here: a scanner of repositories reads this file, too. */
const some = (length: number, from = letters) =>
  fc.string({ unit: fc.constantFrom(...from), minLength: length, maxLength: length });

/** What issuers document of their forms, and what is said of it. */
const samples: Readonly<Record<string, readonly (string | fc.Arbitrary<string>)[]>> = {
  "a Google OAuth client secret": ["GOCSPX-", some(28)],
  "a GitLab token": ["glpat-", some(20)],
  "a SendGrid key": ["SG.", some(22), ".", some(43)],
  "a Shopify token": ["shpat_", some(32, hex)],
  "an OpenAI key": ["sk-proj-", some(20), "T3BlbkFJ", some(20)],
  "an Anthropic key": ["sk-ant-api03-", some(95)],
  "a Hugging Face token": ["hf_", some(34, letters.slice(0, 52))],
  "a Docker Hub token": ["dckr_pat_", some(27)],
  "a HashiCorp token": ["hvs.", some(95)],
  "a PyPI token": ["pypi-AgEIcHlwaS5vcmc", some(60)],
  "a Grafana token": ["glsa_", some(32), "_", some(8, hex)],
  "a Linear key": ["lin_api_", some(40)],
  "a DigitalOcean token": ["dop_v1_", some(64, hex)],
  "a Databricks token": ["dapi", some(32, hex)],
  "an Atlassian token": ["ATATT3", some(186)],
  "a Postman key": ["PMAK-", some(24, hex), "-", some(34, hex)],
  "a New Relic key": ["NRAK-", some(27, letters.slice(26))],
  "a key of an Azure storage account": ["AccountKey=", some(86), "=="],
  "a Twilio key": ["SK", some(32, hex)],
};

const sample = (parts: readonly (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((all) => all.join(""));

describe("a secret in a text", () => {
  it.each(Object.entries(samples))("is found: %s", (what, parts) => {
    fc.assert(
      fc.property(sample(parts), fc.nat(5), (secret, line) => {
        const text = `${"\n".repeat(line)}use ${secret} here\n`;
        const [leak] = findLeaks("notes.md", text);
        expect(leak?.what).toContain(what);
        expect(leak?.line).toBe(line + 1);
        expect(leak?.what).not.toContain(secret.slice(-12));
      }),
      { numRuns: 20 },
    );
  });

  it("has a sample here or among those of artifacts for each form", () => {
    const elsewhere = [
      "an AWS access key id",
      "an AWS secret access key",
      "a private key",
      "a GitHub token",
      "a Slack token",
      "a Slack webhook",
      "a Stripe key",
      "an npm token",
      "a Google API key",
      "a JSON Web Token",
      "a password in a URL",
    ];
    const known = [...Object.keys(samples), ...elsewhere];
    expect(tokenForms.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each([
    ["shop.yml", "database:\n  password: Winter2026!\n", 2],
    [".env", "DB_PASSWORD=Winter2026!\n", 1],
    ["a/.npmrc", "//registry.example.com/:_authToken=26dfe8d8-889b-4380\n", 1],
    ["load.sh", `export API_${"KEY"}="q8J2xV5nT7"\n`, 1],
  ])("is found as a setting in %s", (file, text, line) => {
    expect(findLeaks(file, text)).toMatchObject([{ line }]);
  });

  it.each([
    ["shop.yml", "id-token: write\npassword: $" + "{{ secrets.PASSWORD }}\n"],
    ["shop.yml", "token: your-token-1\nsecret: null\n# password: Winter2026!\n"],
    ["shop.ts", "const password = readPassword(2026);\n"],
    [".env", "DB_PASSWORD=\nTOKEN=$TOKEN\n"],
    ["shop.yml", "password: Winter2026! # not-a-secret: of the local database\n"],
  ])("is none in %s: %j", (file, text) => {
    expect(findLeaks(file, text)).toEqual([]);
  });

  it("ends for any text, with lines that are there", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("a.yml", ".env", "a.ts"), (text, file) => {
        const count = text.split("\n").length;
        for (const { line } of findLeaks(file, text)) expect(line).toBeLessThanOrEqual(count);
      }),
    );
  });
});

describe("a file that consists of secrets", () => {
  it.each([".env", "a/.env.production", "keys/a.pem", ".ssh/id_ed25519", "home/.aws/credentials"])(
    "is %s",
    (file) => expect(isPrivateFile(file)).toBe(true),
  );
  it.each([".env.example", "id_rsa.pub", "src/key.ts", "monkey", "docs/environment.md"])(
    "is not %s",
    (file) => expect(isPrivateFile(file)).toBe(false),
  );
});
