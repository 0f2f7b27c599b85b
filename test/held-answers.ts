/**
 * Holds whatever a command prints with `--json` against its schema, as `lambdakit schema` prints it. The front doors by
 * which tests run commands come by here, so that every test that runs one is a test of its schema.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as z from "zod";
import { answers, isErrorAnswer, schemaOf } from "../src/answers/index.ts";
import { commandNames } from "../src/cli/commands/index.ts";
import { namedCommand } from "../src/cli/named-command.ts";

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
ajv.addFormat("date-time", (text) => z.iso.datetime({ offset: true }).safeParse(text).success);
ajv.addFormat("date", (text) => z.iso.date().safeParse(text).success);

const validators = new Map<string, ValidateFunction>();

/**
 * @param args what stands after `lambdakit`
 * @throws {Error} where stdout is not what the schema says
 */
export function holdAnswer(args: readonly string[], stdout: string): void {
  const words = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  const isText = ["--help", "-h", "--version", "-v", "help"].some((one) => words.includes(one));
  if (!words.includes("--json") || isText) return;
  const command = namedCommand(commandNames, args)?.name ?? "error";
  const isLines = answers[command]?.form === "lines" || words.some((one) => /^--watch/.test(one));
  const lines = stdout.split("\n").filter((line) => line !== "");
  const documents = isLines ? lines : [stdout];
  // The error of a stream is its last line.
  for (const document of documents) holdDocument(command, parsed(command, document));
}

/** One document, or one line of a stream, as it was printed. */
export function holdDocument(command: string, document: unknown): void {
  const name = nameOf(command, document);
  const faults = faultsIn(command, document);
  if (faults !== undefined) {
    throw new Error(
      `lambdakit ${command} --json is not what its schema says:\n${faults}\n${JSON.stringify(document, null, 2)}`,
    );
  }
  note(name, document);
}

/** What of a document is not as its schema says; undefined where all is. */
export function faultsIn(command: string, document: unknown): string | undefined {
  const name = nameOf(command, document);
  const validate = validatorOf(name);
  if (validate(document)) return undefined;
  return ajv.errorsText(validate.errors, { dataVar: name, separator: "\n" });
}

function nameOf(command: string, document: unknown): string {
  return isErrorAnswer(document) ? "error" : command;
}

function parsed(command: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`lambdakit ${command} --json prints what is no JSON document:\n${text}`);
  }
}

function validatorOf(command: string): ValidateFunction {
  const known = validators.get(command) ?? ajv.compile(schemaOf(command) ?? false);
  validators.set(command, known);
  return known;
}

/** The forms of an answer, by their titles; what `dev` says is one form, whatever has happened. */
export function formsOf(command: string): readonly { title: string; schema: z.ZodType }[] {
  const schema = answers[command]?.schema as z.ZodType;
  const isOfForms = schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion);
  const forms = isOfForms ? (schema.options as z.ZodType[]) : [schema];
  return forms.map((form) => ({ title: form.meta()?.title ?? command, schema: form }));
}

const noted = new Set<string>();

/** That it was met is known to the whole run: `test/whole-run/` looks at it in the end. */
function note(command: string, document: unknown): void {
  const folder = process.env.LAMBDAKIT_ANSWERS_MET;
  const form = formsOf(command).find(({ schema }) => schema.safeParse(document).success);
  const name = `${command}: ${form?.title}`;
  if (folder === undefined || noted.has(name)) return;
  noted.add(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, encodeURIComponent(name)), "");
}
