import * as z from "zod";

export const unreadFields = {
  code: z.string().describe("An error's code, which docs/reference/errors.md explains."),
  message: z.string().describe("Why, with the real values."),
  fix: z.string().describe("What to type next."),
  exitCode: z.int().describe("What a command ends with that needs it."),
};

export const unread = z
  .strictObject(unreadFields)
  .meta({ id: "Unread", description: "That something could not be read, and why." });
