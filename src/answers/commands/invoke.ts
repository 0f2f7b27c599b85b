import * as z from "zod";
import { amount, count } from "../parts/values.ts";

function reported(meaning: string) {
  return amount(meaning).nullable().describe(`${meaning}; null where Lambda does not say.`);
}

export const invokeAnswer = z
  .strictObject({
    function: z.string().describe("The function's key."),
    name: z.string().describe("Its name in AWS."),
    type: z
      .enum(["RequestResponse", "Event", "DryRun"])
      .describe("Lambda's word: it was waited for, is done later, or was not done."),
    status: z.int().describe("HTTP's status of Lambda's answer."),
    version: z.string().nullable().describe("The version that answered; null where none did."),
    requestId: z.string().nullable().describe("What it is called in the logs; null: not known."),
    functionError: z.string().nullable().describe("Lambda's word for a failure; null without one."),
    result: z
      .unknown()
      .describe("What the function gave, as JSON, or its text; null where nobody waited."),
    report: z
      .strictObject({
        durationMilliseconds: reported("How long it ran"),
        billedMilliseconds: reported("How much of that is paid"),
        initMilliseconds: reported("How long its execution environment took to start"),
        memoryMb: count("MB.")
          .nullable()
          .describe("The memory that it has, in MB; null: not said."),
        maxMemoryUsedMb: count("MB.").nullable().describe("What it used of that; null: not said."),
      })
      .nullable()
      .describe("What Lambda reports; null where nobody waited."),
    log: z.array(z.string()).describe("The last 4 KB of its lines, without Lambda's own."),
  })
  .meta({ title: "invoke", description: "What came of an invocation." });

export type InvokeAnswer = z.infer<typeof invokeAnswer>;
