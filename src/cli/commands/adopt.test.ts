import { readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";

const whole = ["--prefix", "acme", "--account", "123456789012", "--region", "eu-west-1"];
const handler = "export const handler = async () => ({ statusCode: 204 });\n";

/** A template of which everything is carried over. */
const template = [
  "Transform: AWS::Serverless-2016-10-31",
  "Description: Small",
  "Globals:",
  "  Api:",
  "    Cors: \"'*'\"",
  "Resources:",
  "  GetFunction:",
  "    Type: AWS::Serverless::Function",
  "    Properties:",
  "      Runtime: nodejs22.x",
  "      CodeUri: src",
  "      Handler: get.handler",
  "      Events:",
  "        Get:",
  "          Type: Api",
  "          Properties: { Path: /small, Method: get }",
  "",
].join("\n");

const files = { "template.yaml": template, "src/get.ts": handler };
const serviceIn = (folder: string) => readFile(path.join(folder, "service.ts"), "utf8");

describe("lambdakit adopt", () => {
  it("writes a service.ts that explain accepts, and ends with 0 where nothing is left", async () => {
    const folder = await temporaryFolder(files);
    const run = await lambdakit([
      "adopt",
      path.join(folder, "template.yaml"),
      ...whole,
      "--name",
      "small",
    ]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("carried over  1 function, 1 route, 0 tables, 0 indexes\n");
    expect(run.stderr).toMatch(/^Next: lambdakit explain --service /);
    const explained = await lambdakit(["explain", "--service", folder]);
    expect([explained.exitCode, explained.stderr]).toEqual([0, ""]);
    expect(explained.stdout).toMatch(/^route +GET \/small +service\.ts:\d+$/m);
  });

  it("leaves the place of what nobody said, with a fix, and explain finds the same", async () => {
    const folder = await temporaryFolder(files);
    const run = await lambdakit(["adopt", path.join(folder, "template.yaml"), "--name", "small"]);
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain("left to you   7 problems");
    const text = await serviceIn(folder);
    expect(text).toContain(
      '      // "accountId" is missing\n      // fix: write accountId: and its',
    );
    const { error } = JSON.parse(
      (await lambdakit(["explain", "--service", folder, "--json"])).stdout,
    );
    expect(error.problems.map((one: { path: string[] }) => one.path.join(".")).sort()).toEqual([
      "environments.dev.accountId",
      "environments.dev.region",
      "environments.prod.accountId",
      "environments.prod.region",
      "environments.sit.accountId",
      "environments.sit.region",
      "prefix",
    ]);
  });

  it("never writes over a service.ts", async () => {
    const folder = await temporaryFolder({ ...files, "service.ts": "mine" });
    const run = await lambdakit(["adopt", path.join(folder, "template.yaml"), ...whole]);
    expect(run.exitCode).toBe(64);
    expect(run.stderr).toMatch(
      /ADOPT_EXISTS[\s\S]*fix: lambdakit adopt .*template\.yaml.* --out adopted/,
    );
    expect(await serviceIn(folder)).toBe("mine");
  });

  it("writes elsewhere with --out, with entries that lead back", async () => {
    const folder = await temporaryFolder(files);
    const out = path.join(folder, "services", "small");
    const run = await lambdakit([
      "adopt",
      path.join(folder, "template.yaml"),
      "--out",
      out,
      ...whole,
    ]);
    expect(run.exitCode).toBe(0);
    expect(await serviceIn(out)).toContain('entry: "../../src/get.ts"');
    expect((await lambdakit(["explain", "--service", out])).exitCode).toBe(0);
  });

  it("writes nothing with --dry-run: service.ts is on stdout, the rest on stderr", async () => {
    const folder = await temporaryFolder(files);
    const run = await lambdakit([
      "adopt",
      path.join(folder, "template.yaml"),
      "--dry-run",
      ...whole,
    ]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^import { defineService } from "lambdakit";\n[\s\S]*}\);\n$/);
    expect(run.stderr).toContain("not carried   0 parts");
    await expect(serviceIn(folder)).rejects.toThrow("ENOENT");
  });

  it("says all of it with --json", async () => {
    const folder = await temporaryFolder({
      ...files,
      "template.yaml": `${template}Outputs:\n  A: { Value: a }\n`,
    });
    const run = await lambdakit(["adopt", path.join(folder, "template.yaml"), "--json", ...whole]);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toEqual({
      format: "sam",
      path: path.join(folder, "service.ts"),
      dryRun: false,
      carried: { functions: 1, routes: 1, tables: 0, indexes: 0 },
      losses: [
        {
          place: { file: "template.yaml", line: 17, column: 1 },
          path: "Outputs",
          what: "Outputs: A",
          why: expect.any(String),
          instead: expect.any(String),
        },
      ],
      problems: [],
      text: await serviceIn(folder),
    });
  });

  it.each([80, 40, 20])("fits into %i columns, and says all of it", async (columns) => {
    const fixture = fileURLToPath(
      new URL("../../../test/adopt/fixtures/serverless-plugins/serverless.yml", import.meta.url),
    );
    const out = path.join(await temporaryFolder(), "out");
    const run = await lambdakit(["adopt", fixture, "--out", out], { columns });
    const [, ...lines] = run.stdout.split("\n"); // the first has a path
    expect(lines.filter(({ length }) => length > columns)).toEqual([]);
    expect(run.stdout.replace(/\s/g, "")).toContain(
      "serverless.yml:8:5pluginserverless-domain-manager",
    );
  });

  it("reads accounts and regions for all environments, or for each", async () => {
    const folder = await temporaryFolder(files);
    const options = [
      ...["--account", "dev=111111111111,sit=222222222222,prod=333333333333"],
      ...["--region", "eu-west-1"],
    ];
    const run = await lambdakit([
      "adopt",
      path.join(folder, "template.yaml"),
      "--dry-run",
      ...options,
    ]);
    const accounts = [...run.stdout.matchAll(/accountId: "(\d+)"/g)].map(([, id]) => id);
    expect(accounts).toEqual(["111111111111", "222222222222", "333333333333"]);
    for (const wrong of ["1234", "dev=1", "test=123456789012", "123456789012,123456789012"]) {
      const bad = await lambdakit(["adopt", "template.yaml", "--account", wrong]);
      expect([bad.exitCode, bad.stderr]).toEqual([64, expect.stringContaining("CLI_BAD_VALUE")]);
    }
    const near = await lambdakit(["adopt", "template.yaml", "--region", "eu-wst-1"]);
    expect(near.stderr).toContain("fix: write --region eu-west-1,");
  });

  it("has an error with a fix for each file that it cannot take", async () => {
    const folder = await temporaryFolder({
      "cdk.json": '{ "app": "x" }',
      "serverless.ts": "export default {}",
      "broken.yml": "a: [",
      "google.yml": "service: a\nprovider: { name: google }\n",
    });
    const codeOf = async (name: string) => {
      const { stderr, exitCode } = await lambdakit(["adopt", path.join(folder, name)]);
      expect(stderr).toContain("fix: ");
      return `${exitCode} ${/error (\w+)/.exec(stderr)?.[1]}`;
    };
    expect(await codeOf("gone.yml")).toBe("64 ADOPT_NOT_FOUND");
    expect(await codeOf("cdk.json")).toBe("64 ADOPT_UNKNOWN_FORMAT");
    expect(await codeOf("serverless.ts")).toBe("64 ADOPT_UNKNOWN_FORMAT");
    expect(await codeOf("google.yml")).toBe("64 ADOPT_UNKNOWN_FORMAT");
    expect(await codeOf("broken.yml")).toBe("1 ADOPT_UNREADABLE");
    const nothing = await lambdakit(["adopt"]);
    expect([nothing.exitCode, nothing.stderr]).toEqual([
      64,
      expect.stringContaining("CLI_BAD_VALUE"),
    ]);
    const unwritable = await lambdakit([
      ...["adopt", path.join(folder, "service.yml"), "--out", path.join(folder, "cdk.json", "x")],
    ]);
    expect(unwritable.exitCode).toBe(64);
  });

  it("cannot write where a file is in the way, and says so", async () => {
    const folder = await temporaryFolder({ ...files, blocked: "a file" });
    const out = path.join(folder, "blocked", "out");
    const run = await lambdakit([
      "adopt",
      path.join(folder, "template.yaml"),
      "--out",
      out,
      ...whole,
    ]);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining("ADOPT_NOT_WRITTEN")]);
  });

  it("includes no file that a link leads to outside of the folder", async () => {
    const outside = await temporaryFolder({ "custom.yml": "name: secret-name\n" });
    const folder = await temporaryFolder({
      "serverless.yml":
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Serverless
        "service: ${file(linked.yml):name, 'own'}\nprovider: { name: aws, runtime: nodejs22.x }\n",
    });
    await symlink(path.join(outside, "custom.yml"), path.join(folder, "linked.yml"));
    const run = await lambdakit(["adopt", path.join(folder, "serverless.yml"), "--dry-run"]);
    expect(run.stdout).toContain('name: "own"');
    expect(run.stdout + run.stderr).not.toContain("secret-name");
  });
});
