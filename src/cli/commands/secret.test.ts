/** `lambdakit secret`, with an emulator that stands for the account, and on this machine. */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { payingFolder } from "../../../test/paying-service.ts";
import { lambdakit, type Situation } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";

const lacks = findMoto();
const canary = "canary-9b2e71c04d";

describe.skipIf(lacks.length > 0)("lambdakit secret", () => {
  let moto: Moto;
  let restore: () => void;
  let directory: string;

  beforeAll(async () => {
    moto = await startMoto("eu-west-1", "123456789012");
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
    directory = await payingFolder();
    // A repository of its own: generate writes beside this folder, and not into the one around it.
    await mkdir(path.join(directory, ".git"));
  }, 60_000);

  afterAll(async () => {
    restore?.();
    await moto?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const run = (args: string[], situation: Situation = {}) =>
    lambdakit(["secret", ...args, "--service", directory], situation);
  const errorOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout).error;

  it("lists what is missing, ends with 2, and says what to type", async () => {
    const { exitCode, stdout } = await run(["list"]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe(
      [
        "secret      state     changed  read by  store",
        "paymentKey  no value  -        pay      ssm",
        "taxToken    no value  -        pay      secrets-manager",
        "",
        "fix: lambdakit secret set paymentKey --env dev",
        "fix: lambdakit secret set taxToken --env dev",
        "",
      ].join("\n"),
    );
  });

  it("is as wide as the terminal", async () => {
    for (const columns of [20, 40, 60]) {
      const { stdout } = await run(["list"], { columns });
      expect(stdout).toContain("paymentKey");
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it("sets what is typed unseen, and tells nobody what it is", async () => {
    const payment = await run(["set", "paymentKey"], { hidden: canary });
    expect(payment).toEqual({
      exitCode: 0,
      stdout: "dev: paymentKey is set.\n",
      stderr: "Functions that have read the value before read the new one within 5 minutes.\n",
      questions: ["paymentKey (The payment provider's key): "],
    });
    const tax = await run(["set", "taxToken", "--json"], { hidden: canary });
    expect(JSON.parse(tax.stdout)).toEqual({
      environment: "dev",
      secret: "taxToken",
      name: "/acme/trial/dev/tax-token",
      store: "secrets-manager",
      outcome: "set",
    });
    const { exitCode, stdout } = await run(["list", "--json"]);
    expect(exitCode).toBe(0);
    const changedAt = expect.stringMatching(/^\d{4}-.*Z$/);
    const more = { readers: ["pay"], changedAt, state: "set" };
    expect(JSON.parse(stdout).secrets).toEqual([
      { key: "paymentKey", name: "/acme/trial/dev/payment-key", store: "ssm", ...more },
      { key: "taxToken", name: "/acme/trial/dev/tax-token", store: "secrets-manager", ...more },
    ]);
    expect([payment, tax, stdout].map((one) => JSON.stringify(one)).join()).not.toContain(canary);
  });

  it("asks for words where the environment does, before it asks for the value", async () => {
    const refused = await run(["set", "paymentKey", "--env", "prod", "--json"], { hidden: canary });
    expect(refused.exitCode).toBe(77);
    expect(refused.questions).toEqual([]);
    expect(errorOf(refused)).toMatchObject({
      code: "DEPLOY_NOT_CONFIRMED",
      fix: 'lambdakit secret set paymentKey --env prod --confirm deploy-to-production --reason "..."',
    });
    const words = ["--confirm", "deploy-to-production", "--reason", "the first one"];
    const { exitCode } = await run(["set", "paymentKey", "--env", "prod", ...words], {
      hidden: canary,
    });
    expect(exitCode).toBe(0);
  });

  it.each<[string, string[], Situation, number, object]>([
    [
      "no value",
      ["set", "paymentKey"],
      {},
      64,
      {
        code: "SECRET_NO_VALUE",
        fix: "lambdakit secret set paymentKey in a terminal, or with the value on stdin",
      },
    ],
    [
      "a value that Parameter Store does not take",
      ["set", "paymentKey"],
      { hidden: "é".repeat(2049) },
      64,
      {
        code: "SECRET_TOO_LARGE",
        message: expect.stringContaining("4098 bytes, and ssm takes 4096"),
      },
    ],
    [
      "a value that Secrets Manager does not take",
      ["set", "taxToken"],
      { hidden: "x".repeat(65_537) },
      64,
      { code: "SECRET_TOO_LARGE" },
    ],
    [
      "a secret that is mistyped",
      ["set", "paymentkey"],
      {},
      64,
      { code: "SECRET_UNKNOWN", fix: "lambdakit secret set paymentKey" },
    ],
    [
      "a value as an argument",
      ["set", "paymentKey", "x"],
      {},
      64,
      { code: "CLI_UNEXPECTED_ARGUMENT" },
    ],
    ["no name", ["set"], {}, 64, { code: "CLI_BAD_VALUE" }],
    ["what it does not do", ["get", "paymentKey"], {}, 64, { code: "CLI_BAD_VALUE" }],
    [
      "to delete what a function reads",
      ["rm", "paymentKey", "--allow-data-loss"],
      {},
      77,
      { code: "SECRET_IN_USE", message: "paymentKey is read by pay. Nothing was changed." },
    ],
    ["to delete what is not there", ["rm", "oldKey"], {}, 64, { code: "SECRET_UNKNOWN" }],
  ])("refuses %s", async (_, args, situation, exitCode, error) => {
    const refused = await run([...args, "--json"], situation);
    expect([refused.exitCode, errorOf(refused)]).toEqual([
      exitCode,
      expect.objectContaining(error),
    ]);
  });

  it("says that a value is too short to be found in log lines", async () => {
    const { exitCode, stderr } = await run(["set", "taxToken"], { hidden: "1234567" });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("fewer than 8 characters")]);
  });

  it("shows what service.ts no longer declares, and deletes it, for good only where that is said", async () => {
    const { SSMClient, PutParameterCommand } = await import("@aws-sdk/client-ssm");
    const put = { Name: "/acme/trial/dev/old-key", Value: canary, Type: "String" as const };
    await new SSMClient({ region: "eu-west-1" }).send(new PutParameterCommand(put));
    const { stdout, exitCode } = await run(["list"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\/acme\/trial\/dev\/old-key +not in service\.ts +just now +- /m);
    const refused = await run(["rm", "oldKey", "--json"]);
    expect(errorOf(refused)).toMatchObject({
      code: "DEPLOY_LOSES_DATA",
      fix: expect.stringContaining("lambdakit secret rm oldKey --env dev --allow-data-loss"),
    });
    expect(await run(["rm", "/acme/trial/dev/old-key", "--allow-data-loss"])).toMatchObject({
      exitCode: 0,
      stdout: "dev: /acme/trial/dev/old-key is deleted.\n",
    });
    expect((await run(["list"])).stdout).not.toContain("old-key");
  });

  it("keeps the values of this machine in a file of this machine", async () => {
    const local = ["--env", "local"];
    expect((await run(["list", ...local])).exitCode).toBe(2);
    expect(await run(["set", "paymentKey", ...local], { hidden: "of this machine" })).toEqual({
      exitCode: 0,
      stdout: "local: paymentKey is set.\n",
      stderr: "",
      questions: ["paymentKey (The payment provider's key): "],
    });
    const file = path.join(directory, ".lambdakit/secrets.json");
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ paymentKey: "of this machine" });
    expect((await run(["list", ...local])).stdout).toMatch(/^paymentKey +set +- +pay +ssm$/m);
    expect(JSON.parse((await run(["rm", "paymentKey", ...local, "--json"])).stdout)).toEqual({
      environment: "local",
      secret: "paymentKey",
      name: "paymentKey",
      outcome: "deleted",
    });
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({});
  });

  it("leaves a value in nothing that other commands print or write", async () => {
    await run(["set", "paymentKey"], { hidden: canary });
    await run(["set", "paymentKey", "--env", "local"], { hidden: canary });
    const commands = [["explain", "--json"], ["generate"], ["package"], ["secret", "list"]];
    for (const command of commands) {
      const { stdout, stderr } = await lambdakit([...command, "--service", directory]);
      expect(stdout + stderr).not.toContain(canary);
    }
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    const names = files
      .filter((file) => file.isFile())
      .map((file) => path.join(file.parentPath, file.name));
    expect(names.some((name) => name.endsWith("artifacts.json"))).toBe(true);
    expect(names.filter((name) => name.endsWith(".tfvars.json"))).toHaveLength(3);
    const texts = await Promise.all(names.map((name) => readFile(name, "latin1")));
    expect(names.filter((_, at) => texts[at]?.includes(canary))).toEqual([
      path.join(directory, ".lambdakit/secrets.json"),
    ]);
  });
});
