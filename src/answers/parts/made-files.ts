import * as z from "zod";
import { path } from "./values.ts";

/** What `new` and its kind answer. */
export const madeFilesFields = {
  directory: path("The service's folder."),
  dryRun: z.boolean().describe("Whether nothing was written."),
  files: z.array(z.string()).describe("What was written, or would be, from that folder."),
  derived: z
    .array(z.string())
    .describe("What follows from service.ts and was written, from the root of the repository."),
  next: z.array(z.string()).describe("What to type next, in order."),
};
