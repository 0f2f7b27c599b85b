import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commands } from "../../test/all-commands.ts";
import { lambdakit } from "../../test/recording-terminal.ts";
import { type Command, commonOptions } from "./command.ts";
import { commandHelp } from "./help.ts";

const golden = (name: string) =>
  fileURLToPath(new URL(`../../test/golden/help.${name}.txt`, import.meta.url));

describe("lambdakit without a command", () => {
  it.each([[[]], [["help"]], [["--help"]], [["-h"]]])(
    "prints where to begin, and every command, for %j",
    async (args) => {
      const { exitCode, stdout, stderr } = await lambdakit(args);
      expect([exitCode, stderr]).toEqual([0, ""]);
      await expect(stdout).toMatchFileSnapshot(golden("overview"));
    },
  );

  it("fits into 80 columns", async () => {
    const { stdout } = await lambdakit([]);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("names every command with its summary", async () => {
    const { stdout } = await lambdakit([]);
    for (const { name, summary } of commands) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
    }
  });
});

describe.each(commands)("lambdakit $name --help", (command) => {
  it("prints, to the letter, what test/golden has", async () => {
    const words = command.name.split(" ");
    const { exitCode, stdout, stderr } = await lambdakit([...words, "--help"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    await expect(stdout).toMatchFileSnapshot(golden(words.join("-")));
    expect((await lambdakit([...words, "-h"])).stdout).toBe(stdout);
  });

  it("leads with examples, and fits into 80 columns", () => {
    const help = commandHelp(command);
    const positions = [
      "\nExamples:\n",
      `\n  ${command.examples[0]}\n`,
      `\n${command.description.slice(0, 40)}`,
      "\nOptions:\n",
    ].map((text) => help.indexOf(text));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("shows every option, the command's own and those of all commands", () => {
    const help = commandHelp(command);
    for (const name of [...Object.keys(command.options), ...Object.keys(commonOptions)]) {
      expect(help).toMatch(new RegExp(`^  --${name} .*\\S`, "m"));
    }
  });

  it("has examples that only use options that it has", () => {
    const options = { ...command.options, ...commonOptions };
    const used = command.examples.flatMap((example) => example.match(/--[a-z-]+/g) ?? []);
    expect(used.filter((option) => !Object.hasOwn(options, option.slice(2)))).toEqual([]);
  });
});

describe("the help of a command", () => {
  const command: Command = {
    name: "make",
    summary: "make something",
    description: `A URL that is too long for a line, such as https://example.com/${"long".repeat(25)}, gets one of its own.`,
    examples: ["lambdakit make"],
    options: {
      kind: { type: "choice", choices: ["a", "b"], description: "which kind" },
      count: { type: "integer", placeholder: "N", description: "how many", default: "1" },
    },
    arguments: ["FROM", "TO"],
    run: async () => 0,
  };
  const lines = commandHelp(command).split("\n");

  it("shows arguments, choices, placeholders and defaults", () => {
    expect(lines[0]).toBe("lambdakit make [FROM] [TO] [options]");
    expect(lines).toContain("  --kind a|b     which kind");
    expect(lines).toContain("  --count N      how many (default: 1)");
  });

  it("has URLs whole", () => {
    expect(lines).toContain(`https://example.com/${"long".repeat(25)},`);
    expect(lines).toContain("gets one of its own.");
  });
});
