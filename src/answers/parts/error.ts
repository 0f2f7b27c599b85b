import * as z from "zod";
import { problem } from "./problem.ts";

/** Codes come with every version: a list of them would be out of date at once. */
const code = z
  .string()
  .regex(/^[A-Z]+(_[A-Z]+)*$/)
  .describe("Its code, which never changes its meaning; docs/reference/errors.md explains it.")
  .meta({ examples: ["MANIFEST_NOT_FOUND"] });

/** What is told of an error, wherever it is told. */
export const errorDetails = z
  .strictObject({
    code,
    message: z.string().describe("What happened, with the real values."),
    fix: z.string().describe("What to type next: a command or an edit."),
    at: z.string().optional().describe("The file, option or address where it happened."),
    problems: z
      .array(problem)
      .describe("Everything that is wrong, where the code has a list; or empty."),
  })
  .meta({ id: "ErrorDetails", description: "What went wrong, where, and what to do." });

export const errorAnswer = z
  .strictObject({ error: errorDetails.describe("What went wrong, where, and what to do.") })
  .meta({
    title: "error",
    description:
      "What every command prints with --json where it cannot do what it was asked for. It is one line; of a stream, the last.",
  });

/** Whether a document is an error and no answer: it has `error`, and nothing else. */
export function isErrorAnswer(document: unknown): boolean {
  return Object.keys(Object(document)).join() === "error";
}

export type ErrorAnswer = z.infer<typeof errorAnswer>;
