import { LambdakitError } from "../../errors/index.ts";
import type { Command, Option } from "../command.ts";
import type { Offer } from "./offers.ts";
import { outputSchemaOf } from "./structured-content.ts";

/** What the protocol says of a tool. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, object>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
  /** What it gives as data; absent where the client's revision of the protocol has no such thing. */
  readonly outputSchema?: object;
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly openWorldHint: boolean;
  };
}

/** What a command is called as a tool. */
export function toolName(command: string): string {
  return command.replaceAll(" ", "_");
}

/** A command as a tool: its flags are the input, so that both can never differ. */
export function toolOf(offer: Offer, command: Command, hasOutput: boolean): Tool {
  const names = offer.options.filter((name) => Object.hasOwn(command.options, name));
  const properties = names.map((name) => [name, schemaOf(name, offer, command)] as const);
  const given = { type: "array", items: { type: "string" }, maxItems: command.arguments.length };
  return {
    name: toolName(command.name),
    title: `lambdakit ${command.name}`,
    description: `${command.summary}. ${command.description}`,
    inputSchema: {
      type: "object",
      properties: {
        ...Object.fromEntries(properties),
        ...(offer.takesArguments === true && {
          arguments: { ...given, description: `in this order: ${command.arguments.join(", ")}` },
        }),
      },
      required: [],
      additionalProperties: false,
    },
    ...(hasOutput && { outputSchema: outputSchemaOf(command.name) }),
    annotations: {
      readOnlyHint: !offer.changes,
      destructiveHint: offer.changes,
      openWorldHint: true,
    },
  };
}

/**
 * What stands after `lambdakit` for a call of a tool.
 *
 * @param directory the service's folder
 * @param input as whoever calls it wrote it: anything
 * @throws {LambdakitError} MCP_NOT_OFFERED where it asks for what the tool does not have
 */
export function argumentsOf(
  offer: Offer,
  command: Command,
  directory: string,
  input: unknown,
): string[] {
  const { arguments: words = [], ...options } = Object(input) as Record<string, unknown>;
  const tool = toolName(command.name);
  const written = Object.entries(options).flatMap(([name, value]) => {
    const option = offer.options.includes(name) ? command.options[name] : undefined;
    if (option === undefined) throw notOffered(tool, `has no "${name}"`);
    const choices = choicesOf(name, offer, option);
    if (choices !== undefined && !choices.includes(String(value))) {
      const list = choices.join(", ");
      throw notOffered(tool, `is asked for "${value}", and ${name} is one of: ${list}`);
    }
    if (option.type !== "flag") return [`--${name}=${textOf(tool, name, value)}`];
    if (typeof value !== "boolean") throw notOffered(tool, `has true or false for "${name}"`);
    return value ? [`--${name}`] : [];
  });
  if (!Array.isArray(words) || (words.length > 0 && offer.takesArguments !== true)) {
    throw notOffered(tool, offer.takesArguments ? "has a list of arguments" : "has no arguments");
  }
  const environment = offer.environments?.[0];
  return [
    ...command.name.split(" "),
    `--service=${directory}`,
    "--json",
    // What the command takes where nobody says is said, too: its own default may be another some day.
    ...(environment !== undefined && !("env" in options) ? [`--env=${environment}`] : []),
    ...(offer.fixed ?? []),
    ...written,
    ...words.map((word) => wordOf(tool, word)),
  ];
}

function schemaOf(name: string, offer: Offer, command: Command): object {
  const option = command.options[name] as Option;
  const { description } = option;
  if (option.type === "flag") return { type: "boolean", description };
  const choices = choicesOf(name, offer, option);
  const standard =
    name === "env" && offer.environments !== undefined ? offer.environments[0] : option.default;
  return {
    ...(option.type === "integer" ? { type: "integer", minimum: 0 } : { type: "string" }),
    ...(choices !== undefined && { enum: choices }),
    ...(standard !== undefined && {
      default: option.type === "integer" ? Number(standard) : standard,
    }),
    description,
  };
}

function choicesOf(name: string, offer: Offer, option: Option): readonly string[] | undefined {
  if (name === "env" && offer.environments !== undefined) return offer.environments;
  return option.type === "choice" ? option.choices : undefined;
}

function textOf(tool: string, name: string, value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw notOffered(tool, `has one text for "${name}"`);
}

/** An argument that looks like an option would be read as one. */
function wordOf(tool: string, word: unknown): string {
  if (typeof word === "string" && word !== "" && !word.startsWith("-")) return word;
  throw notOffered(tool, `has texts as arguments, and none begins with "-"`);
}

function notOffered(tool: string, what: string): LambdakitError {
  return new LambdakitError("MCP_NOT_OFFERED", {
    message: `The tool ${tool} ${what}. Nothing was done.`,
    fix: `ask for what the schema of ${tool} has; the rest is for lambdakit ${tool.replaceAll("_", " ")} on a terminal`,
  });
}
