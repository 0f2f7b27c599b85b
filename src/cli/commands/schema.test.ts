import { describe, expect, it } from "vitest";
import { commands } from "../../../test/all-commands.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { allSchemas, schemaOf } from "../../answers/index.ts";

const schema = (...args: string[]) => lambdakit(["schema", ...args]);

describe("lambdakit schema", () => {
  it("lists every command, and whether it prints a document or lines", async () => {
    const { exitCode, stdout } = await schema();
    expect(exitCode).toBe(0);
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
    expect(stdout).toMatch(/^logs +lines +A line of logs/m);
    expect(stdout).toMatch(/^deploy +document +What a deployment/m);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const { schemas } = JSON.parse((await schema("--json")).stdout);
    expect(schemas).toHaveLength(commands.length + 1);
  });

  it.each(["deploy", "dr restore", "error"])("prints the one of %s", async (name) => {
    const { exitCode, stdout } = await schema(...name.split(" "), "--json");
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, schemaOf(name)]);
    expect((await schema(...name.split(" "))).stdout).toBe(stdout);
  });

  it("prints all of them", async () => {
    expect(JSON.parse((await schema("--all")).stdout)).toEqual(allSchemas());
  });

  it.each([
    ["deplyo", 'There is no schema "deplyo".', "lambdakit schema deploy"],
    ["dr restor", 'There is no schema "dr restor".', "lambdakit schema dr restore"],
    ["dr", 'There is no schema "dr", but dr backup, dr restore,', "lambdakit schema dr backup"],
    ["xyzzy-nothing", 'There is no schema "xyzzy-nothing".', "lambdakit schema\n"],
  ])("has none of %s, and says which was meant", async (name, message, fix) => {
    const { exitCode, stderr } = await schema(...name.split(" "));
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining("error SCHEMA_UNKNOWN")]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`fix: ${fix}`);
  });

  it("prints all or one, and not both", async () => {
    const { exitCode, stdout } = await schema("deploy", "--all", "--json");
    expect([exitCode, JSON.parse(stdout).error]).toMatchObject([
      64,
      { code: "CLI_BAD_VALUE", at: "--all" },
    ]);
  });
});
