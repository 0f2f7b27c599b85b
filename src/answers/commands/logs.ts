import * as z from "zod";
import { count, moment } from "../parts/values.ts";

const line = z
  .strictObject({
    timestamp: moment("When it was written"),
    function: z.string().describe("The key of what has written it; `api` for the access log."),
    stream: z.string().describe("The log stream: an execution environment."),
    message: z.string().describe("The line, as CloudWatch has it."),
    id: z.string().describe("CloudWatch's id of it."),
  })
  .meta({
    title: "a line of logs",
    description: "A log event.",
  });

const query = z
  .strictObject({
    queryId: z.string().describe("CloudWatch's id of the query."),
    statistics: z
      .strictObject({
        recordsMatched: count("Lines that fit."),
        recordsScanned: count("Lines that were looked at."),
        bytesScanned: count("What is paid for."),
      })
      .nullable()
      .describe("How much was looked at; null where CloudWatch does not say."),
    rows: z
      .array(z.record(z.string(), z.string()))
      .describe("What was found: texts, by the name of the field."),
  })
  .meta({ title: "logs --insights", description: "The answer to a query, whole in one line." });

export const logsAnswer = z.union([line, query]).meta({
  title: "logs",
  description: "A line of logs; with --insights there is one line, the answer to the query.",
});

export type LogsAnswer = z.infer<typeof logsAnswer>;
