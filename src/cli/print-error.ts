import path from "node:path";
import type { ErrorAnswer } from "../answers/index.ts";
import { LambdakitError, type Problem } from "../errors/index.ts";
import { answerLine } from "./answer-json.ts";
import { shortPath } from "./short-path.ts";
import type { Style } from "./style.ts";

/** An error as text: what happened, where, and what to type next. */
export function errorText(error: LambdakitError, style: Style): string {
  const where = error.at === undefined ? "" : `\n  at ${relative(error.at)}`;
  const head = `${style.red("error")} ${style.dim(error.code)}${where}\n${indent(error.message)}`;
  if (error.problems.length === 0) return `${head}\n  ${style.green("fix:")} ${error.fix}`;
  return [head, ...error.problems.map((problem) => problemText(problem, style))].join("\n\n");
}

function problemText({ code, message, fix, path: keys, place }: Problem, style: Style): string {
  const where =
    place === undefined ? "" : `${relative(place.file)}:${place.line}:${place.column}  `;
  return [
    `  ${where}${dotted(keys)}  ${style.dim(code)}`,
    `    ${message}`,
    `    ${style.green("fix:")} ${fix}`,
  ].join("\n");
}

/** The same, for a program; on one line, because it may end a stream of lines. */
export function errorJson(error: LambdakitError): string {
  return answerLine<ErrorAnswer>({ error: errorFields(error) });
}

/** What a program is told of an error. */
export function errorFields({ code, message, fix, at, problems }: LambdakitError) {
  return { code, message, fix, at, problems };
}

/** What was not foreseen is a bug of ours, and is told so that it can be reported. */
export function asLambdakitError(error: unknown): LambdakitError {
  if (error instanceof LambdakitError) return error;
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new LambdakitError("INTERNAL", {
    message: `This is a bug in lambdakit.\n${details}`,
    fix: "report it with the lines above, the command, and the output of lambdakit doctor",
    cause: error,
  });
}

/** `["functions", "list", "routes", 0]` → `functions.list.routes[0]` */
function dotted(keys: Problem["path"]): string {
  return keys.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** `at` may also be an option, or a part of a manifest. */
function relative(at: string): string {
  return path.isAbsolute(at) ? shortPath(at) : at;
}
