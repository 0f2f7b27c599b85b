import type { SchemaAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input } from "../command.ts";
import { type Column, tableLines } from "../layout/table.ts";
import { createStyle } from "../style.ts";

export const schema: Command = {
  name: "schema",
  summary: "the JSON Schema of what a command prints with --json",
  description:
    "Without arguments, lists the commands: each has a schema, which its answer is held against in lambdakit's own tests. With COMMAND, prints its JSON Schema (2020-12); with `error`, that of what every command prints with --json where it fails. With --all, prints one document with all of them, by name in $defs. Of a command that prints lines, the schema is that of a line. Reads no service and asks nobody.",
  examples: [
    "lambdakit schema",
    "lambdakit schema deploy",
    "lambdakit schema dr restore",
    "lambdakit schema error",
    "lambdakit schema --all > lambdakit.schema.json",
  ],
  options: {
    all: { type: "flag", description: "all of them, in one document" },
  },
  arguments: ["COMMAND..."],

  async run(input, { terminal }) {
    // They are zod's, which takes longer to load than most commands take to run.
    const { allSchemas, answers, schemaOf } = await import("../../answers/index.ts");
    const name = input.arguments.join(" ");
    requireOne(input, name);
    if (input.flag("all") || name !== "") {
      const found = input.flag("all") ? allSchemas() : schemaOf(name);
      if (found === undefined) throw unknown(name, Object.keys(answers));
      terminal.out(JSON.stringify(found, null, 2));
      return exitCodes.ok;
    }
    const schemas = Object.entries(answers).map(
      ([
        command,
        {
          form,
          schema: { description },
        },
      ]) => ({
        command,
        form,
        description: description ?? "",
      }),
    );
    terminal.out(
      input.flag("json")
        ? answerJson<SchemaAnswer>({ schemas })
        : tableLines(schemas, columns, terminal.columns, createStyle(terminal.color)).join("\n"),
    );
    terminal.err("Next: lambdakit schema COMMAND");
    return exitCodes.ok;
  },
};

type Listed = Extract<SchemaAnswer, { schemas: unknown }>["schemas"][number];

const columns: readonly Column<Listed>[] = [
  { title: "", text: ({ command }) => command },
  { title: "", text: ({ form }) => form },
  { title: "", text: ({ description }) => description, canBeCut: true },
];

/** @throws {LambdakitError} CLI_BAD_VALUE */
function requireOne(input: Input, name: string): void {
  if (!input.flag("all") || name === "") return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--all has the schema of every command, and "${name}" names one.`,
    fix: `leave out --all, or ${name}`,
    at: "--all",
  });
}

function unknown(name: string, known: readonly string[]): LambdakitError {
  const family = known.filter((one) => one.startsWith(`${name} `));
  const near = family[0] ?? nearest(name, known);
  return new LambdakitError("SCHEMA_UNKNOWN", {
    message: `There is no schema "${name}"${family.length === 0 ? "" : `, but ${family.join(", ")}`}.`,
    fix: near === undefined ? "lambdakit schema" : `lambdakit schema ${near}`,
    at: "COMMAND",
  });
}
