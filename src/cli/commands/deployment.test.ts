/** What the commands that go to an environment refuse before they ask anybody. */
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { fakeTerraform } from "../../../test/fake-terraform.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { withVariables } from "../../../test/variables.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));

const commands = ["bootstrap", "plan", "deploy", "destroy", "unlock"];
const words = (command: string) => (command === "unlock" ? ["8d5f7a0c"] : []);

/** The only program in PATH is what stands for Terraform; undefined where none is. */
async function onlyTerraform(version?: string): Promise<void> {
  const folder = await temporaryFolder();
  const answers = { version: { out: [{ terraform_version: version }] } };
  const program =
    version === undefined ? folder : (await fakeTerraform(answers)).program.replace(/\/[^/]+$/, "");
  const path = [program, ...(version === undefined ? [] : [process.env.PATH])].join(":");
  onTestFinished(withVariables({ PATH: path }));
}

/** Nobody answers, whoever is asked. */
function nobody(): void {
  onTestFinished(
    withVariables({
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test", // not-a-secret: nobody gets it
      AWS_PROFILE: undefined,
      AWS_MAX_ATTEMPTS: "1",
    }),
  );
}

const errorOf = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "").error;

describe.each([...commands, "promote"])("lambdakit %s", (command) => {
  const run = (...args: string[]) =>
    lambdakit([command, ...words(command), "--service", product, "--json", ...args]);

  it("needs Terraform, and says how to get it", async () => {
    await onlyTerraform();
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(1);
    expect(errorOf(stdout)).toMatchObject({
      code: "TERRAFORM_NOT_FOUND",
      fix: "install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install",
    });
  });

  it("needs one that is new enough", async () => {
    await onlyTerraform("1.9.8");
    const { exitCode, stdout } = await run();
    expect([exitCode, errorOf(stdout).code]).toEqual([1, "TERRAFORM_VERSION"]);
  });

  it("needs an AWS that answers", async () => {
    await onlyTerraform("1.11.4");
    nobody();
    const { exitCode, stdout } = await run();
    expect([exitCode, errorOf(stdout).code]).toEqual([69, "AWS_UNREACHABLE"]);
  });

  it("needs a service", async () => {
    await onlyTerraform("1.11.4");
    const folder = await temporaryFolder();
    const { exitCode, stdout } = await lambdakit([
      command,
      ...words(command),
      "--service",
      folder,
      "--json",
    ]);
    expect([exitCode, errorOf(stdout).code]).toEqual([64, "MANIFEST_NOT_FOUND"]);
  });
});

describe.each(["rollback", "releases"])("lambdakit %s", (command) => {
  it("needs no Terraform, but an AWS that answers", async () => {
    await onlyTerraform();
    nobody();
    const { exitCode, stdout } = await lambdakit([command, "--service", product, "--json"]);
    expect([exitCode, errorOf(stdout).code]).toEqual([69, "AWS_UNREACHABLE"]);
  });
});

describe.each<[string, string, string]>([
  ...[...commands, "rollback", "releases"].map((command): [string, string, string] => [
    command,
    "--evn",
    "--env",
  ]),
  ["promote", "--form", "--from"],
  ["promote", "--too", "--to"],
])("lambdakit %s", (command, mistyped, option) => {
  it(`takes ${mistyped} for no environment`, async () => {
    const run = (...args: string[]) =>
      lambdakit([command, ...words(command), "--service", product, "--json", ...args]);
    expect(errorOf((await run(mistyped, "prod")).stdout)).toMatchObject({
      code: "CLI_UNKNOWN_OPTION",
      message: expect.stringContaining(`Did you mean ${option}?`),
    });
    expect(errorOf((await run(option, "prd")).stdout).code).toBe("CLI_BAD_VALUE");
  });
});

describe("lambdakit deploy", () => {
  it.each([
    ["sit", "dev"],
    ["prod", "sit"],
  ])("builds nothing for %s, whatever is confirmed", async (environment, before) => {
    await onlyTerraform();
    nobody();
    const words = ["--confirm", "deploy-to-production", "--reason", "CHG-1", "--allow-data-loss"];
    const args = ["deploy", "--env", environment, ...words, "--service", product];
    expect(await lambdakit(args)).toMatchObject({
      exitCode: 77,
      stdout: "",
      stderr: `error DEPLOY_FROM_SOURCE\n  ${environment} is not deployed to from source: it gets what was proven in ${before}, byte by byte.\n  fix: lambdakit promote --from ${before} --to ${environment}\n`,
    });
  });
});

describe.each(["deploy", "promote"])("lambdakit %s", (command) => {
  it.each([
    [["--canary", "tenth"], '"tenth" is no step: 10%:5m is ten percent for five minutes'],
    [["--canary", "10%:5m,5%:5m"], "5% is not more than the step before it"],
    [["--canary", "100%:5m"], "100% is not between 0 and 100"],
    [["--canary", "10%:1h"], "it takes 60 minutes, and 45 are the most"],
    [["--canary", "10%:5m", "--all-at-once"], "say the opposite of each other"],
    [["--url", "api.example.com"], "has to be an http or https URL up to the stage"],
  ])("asks nobody where it is told %j", async (args, why) => {
    await onlyTerraform();
    nobody();
    const { exitCode, stdout, stderr } = await lambdakit([command, "--service", product, ...args]);
    expect([exitCode, stdout]).toEqual([64, ""]);
    expect(stderr).toMatch(/^error (RELEASE_CANARY_INVALID|CLI_BAD_VALUE)\n/);
    expect(stderr).toContain(why);
  });
});

describe("lambdakit releases", () => {
  it.each([["all"], ["show"], ["show", "a", "b"], ["diff", "a"], ["history", "a"]])(
    "has no answer to %j",
    async (...args) => {
      nobody();
      const { exitCode, stderr } = await lambdakit(["releases", ...args, "--service", product]);
      expect(exitCode).toBe(64);
      expect(stderr).toContain(
        `releases ${args.join(" ")} is nothing that can be answered.\n  fix: lambdakit releases, or with: show ID, diff ID OTHER_ID, history\n`,
      );
    },
  );
});

describe("lambdakit destroy", () => {
  it.each(["sit", "prod"])("destroys nothing in %s, whatever is confirmed", async (environment) => {
    await onlyTerraform();
    nobody();
    const args = ["destroy", "--env", environment, "--confirm", "destroy", "--service", product];
    const { exitCode, stdout, stderr } = await lambdakit(args);
    expect([exitCode, stdout]).toEqual([77, ""]);
    expect(stderr).toBe(
      `error DEPLOY_PROTECTED\n  ${environment} is not destroyed by a command: its tables hold what nobody can make again.\n  fix: delete it by hand in AWS's console, if that is really meant\n`,
    );
  });
});

describe("lambdakit unlock", () => {
  it("wants to know which lock", async () => {
    await onlyTerraform();
    nobody();
    const { exitCode, stderr } = await lambdakit(["unlock", "--env", "sit", "--service", product]);
    expect(exitCode).toBe(64);
    expect(stderr).toBe(
      "error CLI_BAD_VALUE\n  at LOCK_ID\n  Which lock? Its id is needed.\n  fix: lambdakit plan --env sit, which tells it\n",
    );
  });
});
