import * as z from "zod";

export const from = z
  .string()
  .describe("The part of the manifest that it comes from.")
  .meta({ examples: ["functions.list"] });
