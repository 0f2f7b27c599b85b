import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commands } from "../../test/all-commands.ts";
import { LambdakitError } from "../errors/index.ts";
import type { Command } from "./command.ts";
import { parseInput } from "./parse-input.ts";

const command: Command = {
  name: "make",
  summary: "make something",
  description: "Makes something.",
  examples: ["lambdakit make"],
  options: {
    port: { type: "integer", placeholder: "N", description: "the port", default: "3000" },
    count: { type: "integer", placeholder: "N", description: "how many" },
    env: { type: "choice", choices: ["dev", "sit", "prod"], description: "where", default: "dev" },
    size: { type: "choice", choices: ["small", "large"], description: "how large" },
    memory: { type: "flag", description: "keep nothing" },
    watch: { type: "integer", placeholder: "[SECONDS]", description: "look again", bare: "5" },
  },
  arguments: ["NAME"],
  run: async () => 0,
};
const parse = (...args: string[]) => parseInput(command, args);

describe("parseInput", () => {
  it("reads options in both forms, arguments and flags, in any order", () => {
    const input = parse("--port", "4000", "thing", "--env=prod", "--memory", "--service", "a b");
    expect(input.integer("port")).toBe(4000);
    expect(input.text("env")).toBe("prod");
    expect(input.text("service")).toBe("a b");
    expect(input.flag("memory")).toBe(true);
    expect(input.flag("json")).toBe(false);
    expect(input.arguments).toEqual(["thing"]);
  });

  it("gives the default of an option that is not there, or nothing where it has none", () => {
    const input = parse();
    expect(input.integer("port")).toBe(3000);
    expect(input.text("env")).toBe("dev");
    expect(input.text("service")).toBe(".");
    expect(input.text("size")).toBeUndefined();
    expect(input.integer("count")).toBeUndefined();
    expect(input.text("nothing-of-this-name")).toBeUndefined();
    expect(input.arguments).toEqual([]);
  });

  it("gives an option that may stand alone its value, unless a number follows", () => {
    const watchOf = (...args: string[]) => parse(...args).integer("watch");
    expect(watchOf()).toBeUndefined();
    expect(watchOf("--watch")).toBe(5);
    expect(watchOf("--watch", "7")).toBe(7);
    expect(watchOf("--watch=7")).toBe(7);
    expect(watchOf("--watch", "--memory")).toBe(5);
    expect(parse("--watch", "thing").arguments).toEqual(["thing"]);
    expect(parse("--watch", "7", "thing").arguments).toEqual(["thing"]);
    expect(mistakesOf("--watch=soon")).toEqual({
      code: "CLI_BAD_VALUE",
      message: '--watch is "soon", which is not a whole number.',
      fix: "write --watch 5",
      at: "--watch",
    });
  });

  it("takes what stands after -- for arguments", () => {
    expect(parse("--", "--memory").arguments).toEqual(["--memory"]);
  });

  it("knows -h", () => {
    expect(parse("-h").flag("help")).toBe(true);
  });

  it("knows the letter of a flag, and any number of arguments, where the command has them", () => {
    const options = {
      follow: { type: "flag", description: "go on", short: "f" },
    } as const satisfies Command["options"];
    const endless: Command = { ...command, options, arguments: ["NAME..."] };
    const input = parseInput(endless, ["one", "-f", "two", "three"]);
    expect(input.flag("follow")).toBe(true);
    expect(input.arguments).toEqual(["one", "two", "three"]);
    expect(() => parse("-f")).toThrow("lambdakit make has no option -f.");
  });

  it("refuses an unknown option, and suggests the one that was meant", () => {
    expect(mistakesOf("--evn", "prod")).toEqual({
      code: "CLI_UNKNOWN_OPTION",
      message: "lambdakit make has no option --evn. Did you mean --env?",
      fix: "lambdakit make --env prod",
      at: "--evn",
    });
    expect(mistakesOf("--evn=prod", "--json").fix).toBe("lambdakit make --env=prod --json");
  });

  it("refuses an unknown option that is like no other, and names the help", () => {
    expect(mistakesOf("--verbose")).toEqual({
      code: "CLI_UNKNOWN_OPTION",
      message: "lambdakit make has no option --verbose.",
      fix: "lambdakit make --help",
      at: "--verbose",
    });
    expect(mistakesOf("-p", "3000").message).toBe("lambdakit make has no option -p.");
    expect(mistakesOf("--no-memory").code).toBe("CLI_UNKNOWN_OPTION");
  });

  it.each(["--toString=5", "--constructor", "--__proto__=x"])(
    "refuses %s, which every object has and no command",
    (option) => {
      expect(mistakesOf(option).code).toBe("CLI_UNKNOWN_OPTION");
    },
  );

  it("writes a fix that a shell reads as it was meant", () => {
    expect(mistakesOf("GET /orders", "--evn", "sit").fix).toBe(
      "lambdakit make 'GET /orders' --env sit",
    );
  });

  it("does not complain about the value of an option that it does not know", () => {
    expect(mistakesOf("one", "--prot", "3000").message).toBe(
      "lambdakit make has no option --prot. Did you mean --port?",
    );
  });

  it("takes any number of an argument that ends in dots", () => {
    const open: Command = { ...command, arguments: ["NAME..."] };
    expect(parseInput(open, ["one", "two", "three"]).arguments).toEqual(["one", "two", "three"]);
    expect(parseInput(open, []).arguments).toEqual([]);
  });

  it("refuses more arguments than the command takes", () => {
    expect(mistakesOf("one", "two", "three")).toEqual({
      code: "CLI_UNEXPECTED_ARGUMENT",
      message:
        '"two" is one argument too many for lambdakit make.\n"three" is one argument too many for lambdakit make.',
      fix: "lambdakit make --help",
      at: "two",
    });
  });

  it("refuses a value that is none of the choices", () => {
    expect(mistakesOf("--env", "prd")).toEqual({
      code: "CLI_BAD_VALUE",
      message: '--env is "prd", and has to be dev, sit, prod.',
      fix: "write --env prod",
      at: "--env",
    });
    expect(mistakesOf("--env=everywhere").fix).toBe("write --env dev or sit or prod");
    expect(mistakesOf("--env").message).toBe("--env needs a value, and has to be dev, sit, prod.");
  });

  it("refuses a number that is not whole", () => {
    for (const value of ["x", "1.5", "1e3", "-1", "0x10", "1234567890", " 1"]) {
      expect(mistakesOf(`--port=${value}`)).toEqual({
        code: "CLI_BAD_VALUE",
        message: `--port is "${value}", which is not a whole number.`,
        fix: "write --port N",
        at: "--port",
      });
    }
  });

  it("refuses an option without the value that it needs", () => {
    for (const args of [["--service"], ["--service="], ["--service", "--memory"]]) {
      expect(mistakesOf(...args)).toEqual({
        code: "CLI_BAD_VALUE",
        message: "--service needs a value.",
        fix: "write --service DIR",
        at: "--service",
      });
    }
  });

  it("refuses a value for a flag", () => {
    expect(mistakesOf("--memory=no")).toEqual({
      code: "CLI_BAD_VALUE",
      message: "--memory takes no value.",
      fix: "write --memory",
      at: "--memory",
    });
  });

  it("reports every mistake at once, in the order in which they are written", () => {
    const { code, message, at } = mistakesOf("--evn", "prod", "a", "--port=x", "b", "--json=1");
    expect(message.split("\n")).toEqual([
      "lambdakit make has no option --evn. Did you mean --env?",
      '--port is "x", which is not a whole number.',
      "--json takes no value.",
      '"b" is one argument too many for lambdakit make.',
    ]);
    expect([code, at]).toEqual(["CLI_UNKNOWN_OPTION", "--evn"]);
  });

  it("never throws anything but a LambdakitError, for any arguments of any command", () => {
    const known = commands
      .flatMap(({ options }) => Object.keys(options))
      .map((name) => `--${name}`);
    const option = fc.oneof(
      fc.constantFrom("--", "-", "-h", "--help", "--json", "--service", "dev", "3000", ...known),
      fc.string(),
      fc.string().map((text) => `--${text}`),
      fc.string().map((text) => `-${text}`),
      fc
        .tuple(fc.constantFrom(...known, "--x"), fc.string())
        .map(([name, value]) => `${name}=${value}`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.array(option), (any, args) => {
        try {
          const input = parseInput(any, args);
          const isOpen = any.arguments.at(-1)?.endsWith("...") === true;
          const most = isOpen ? args.length : any.arguments.length;
          expect(input.arguments.length).toBeLessThanOrEqual(most);
        } catch (error) {
          expect(error).toBeInstanceOf(LambdakitError);
          expect((error as LambdakitError).exitCode).toBe(64);
        }
      }),
    );
  });
});

function mistakesOf(...args: string[]) {
  try {
    parse(...args);
  } catch (error) {
    if (!(error instanceof LambdakitError)) throw error;
    const { code, message, fix, at } = error;
    return { code, message, fix, at };
  }
  throw new Error(`${args.join(" ")} was accepted.`);
}
