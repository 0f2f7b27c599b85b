import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { runbookNames } from "../../runbook/index.ts";

const service = fileURLToPath(new URL("../../../services/product", import.meta.url));
const runbook = (...args: string[]) => lambdakit(["runbook", ...args, "--service", service]);
const tooWide = (text: string, columns: number) =>
  text
    .split("\n")
    .filter((line) => line.length > columns && !/^ +(lambdakit|gh|git|npm) |https:/.test(line));

describe("lambdakit runbook", () => {
  it("lists the five, with their sections and how many steps each has", async () => {
    const { exitCode, stdout } = await runbook();
    expect(exitCode).toBe(0);
    for (const name of runbookNames) expect(stdout).toMatch(new RegExp(`^${name}$`, "m"));
    expect(stdout).toMatch(/^ {2}rollback: 4 steps$/m);
    expect(stdout).toMatch(/^ {2}laptop: 2 steps, always$/m);
    const { runbooks } = JSON.parse((await runbook("list", "--json")).stdout);
    expect(runbooks.map(({ name }: { name: string }) => name)).toEqual(runbookNames);
  });

  it.each([80, 40])("shows one, in %i columns, with commands in one piece", async (columns) => {
    for (const name of runbookNames) {
      const { stdout } = await lambdakit(
        ["runbook", "show", name, "--env", "prod", "--service", service],
        { columns },
      );
      expect(tooWide(stdout, columns)).toEqual([]);
    }
    const lost = ["show", "disaster-recovery", "table-lost", "--env", "prod"];
    const { sections } = JSON.parse((await runbook(...lost, "--json")).stdout);
    expect(sections).toMatchObject([{ id: "table-lost", procedure: { isRoutine: false } }]);
    const { stdout } = await runbook(...lost);
    expect(stdout).toContain(
      '\n   lambdakit dr restore --backup latest --env prod --confirm deploy-to-production --reason "..."\n',
    );
    expect(stdout).not.toContain("failover");
  });

  it("with --dry-run shows the steps, and runs none", async () => {
    const { exitCode, stdout, stderr } = await runbook("run", "deployment", "--dry-run");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^1\. doctor: /);
    expect(stdout).toMatch(/^\d\. deploy \(changes something\): /m);
    const { steps } = JSON.parse(
      (await runbook("run", "deployment", "--dry-run", "--json", "--from", "deploy")).stdout,
    );
    expect(steps.map(({ id }: { id: string }) => id)).toEqual([
      "deploy",
      "verify",
      "status",
      "alarms",
    ]);
  });

  it.each([
    [
      "a runbook that there is not",
      ["run", "deploymnt"],
      /no runbook "deploymnt"[\s\S]*fix: lambdakit runbook show deployment\n/,
    ],
    [
      "a section that there is not",
      ["run", "deployment", "rolback"],
      /fix: lambdakit runbook run deployment rollback --env dev\n/,
    ],
    [
      "a section without steps",
      ["run", "deployment", "environments"],
      /has no section "environments" with\n? *steps/,
    ],
    [
      "a step that there is not",
      ["run", "deployment", "--from", "deplo"],
      /fix: write --from deploy\n/,
    ],
    ["another action", ["walk"], /runbook walk is nothing that can be done/],
    [
      "--yes in sit",
      ["run", "deployment", "--env", "sit", "--yes"],
      /fix: lambdakit runbook run deployment --env sit --confirm deploy\n/,
    ],
    [
      "no moment",
      ["run", "disaster-recovery", "table-damaged", "--yes"],
      /fix: lambdakit runbook run disaster-recovery table-damaged --env dev --to 20m\n/,
    ],
    [
      "a step whose plan nobody has shown",
      ["run", "deployment", "--env", "sit", "--confirm", "deploy", "--from", "promote"],
      /fix: lambdakit runbook run deployment --env sit, without --from\n/,
    ],
    ["a port that is none", ["run", "development", "--port", "70000"], /--port is 70000/],
  ] as const)("refuses %s before anything is run", async (_, args, message) => {
    const { exitCode, stdout, stderr } = await runbook(...args);
    expect([exitCode, stdout]).toEqual([64, ""]);
    expect(stderr).toMatch(message);
  });

  it("wants the words of the environment before anything is run", async () => {
    for (const [env, args, fix] of [
      ["sit", [], "--confirm deploy"],
      [
        "prod",
        ["--confirm", "deploy-to-production"],
        '--confirm deploy-to-production --reason "..."',
      ],
    ] as const) {
      const { exitCode, stdout, stderr } = await runbook(
        "run",
        "deployment",
        "--env",
        env,
        ...args,
      );
      expect([exitCode, stdout]).toEqual([77, ""]);
      expect(stderr).toContain(`fix: lambdakit runbook run deployment --env ${env} ${fix}\n`);
    }
  });

  it("stops at what a person has to do where nobody is there, says what to do, and goes on from there", async () => {
    const stopped = await runbook("run", "development", "clone");
    expect([stopped.exitCode, stopped.stdout]).toEqual([
      77,
      "development clone: declined\ndeclined  clone    0.0 s\n",
    ]);
    expect(stopped.stderr).toMatch(
      /Stopped at clone: nobody has said that it is done \(--done\)\./,
    );
    expect(stopped.stderr).toContain(
      "go on:    lambdakit runbook run development clone --env dev --from clone\n",
    );
    const json = JSON.parse(
      (await runbook("run", "development", "clone", "--done", "--json")).stdout,
    );
    expect(json).toMatchObject({
      ...{
        runbook: "development",
        section: "clone",
        environment: null,
        outcome: "passed",
        from: null,
      },
      steps: [{ id: "clone", command: null, outcome: "passed", exitCode: null }],
    });
  });
});
