import * as z from "zod";
import { path } from "../parts/values.ts";

export const generateAnswer = z
  .strictObject({
    root: path("The root of the repository."),
    files: z
      .array(
        z.strictObject({
          path: z.string().describe("From the root."),
          status: z
            .enum(["wrote", "unchanged", "kept", "stale"])
            .describe(
              "kept: it should be otherwise, and is a person's. stale: it would be written.",
            ),
          differences: z.array(z.string()).describe("What it has otherwise, in lines."),
        }),
      )
      .describe("The files that follow from service.ts."),
    findings: z
      .array(
        z.strictObject({
          id: z.string().describe("What is wrong, which docs/reference/pipeline.md explains."),
          file: z.string().describe("From the root."),
          place: z.string().describe("The job, and the step in it; or a key of the workflow."),
          line: z.int().min(1).describe("Counted from 1."),
          what: z.string().describe("The same in words."),
          fix: z.string().describe("What ends it."),
        }),
      )
      .describe("What is wrong with workflows that are there."),
  })
  .meta({ title: "generate", description: "Files that follow from service.ts." });

export type GenerateAnswer = z.infer<typeof generateAnswer>;
