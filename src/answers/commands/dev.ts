import * as z from "zod";
import { errorDetails } from "../parts/error.ts";
import { amount, count } from "../parts/values.ts";

const functionKey = z.string().describe("The function's key.");
const milliseconds = amount("How long it took.");
const requestId = z.string().describe("Lambda's name for the invocation.");
const executionEnvironment = z.string().describe("The name of its log stream.");
const error = errorDetails.describe("What went wrong.");

function event<Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  description: string,
  fields: Fields,
) {
  return z
    .strictObject({ type: z.literal(type).describe("What happened."), ...fields })
    .meta({ title: type, description });
}

const ready = event("ready", "The first line: it can be used.", {
  url: z.string().describe("Where it answers."),
  routes: z.array(z.string()).describe("Method and path of each route."),
  engine: z
    .strictObject({
      name: z.string().describe("What it is."),
      endpoint: z.string().describe("Where it answers."),
      lacks: z.array(z.string()).describe("What it does not do as DynamoDB does."),
    })
    .describe("What keeps the tables."),
  dataDirectory: z.string().nullable().describe("Where data stays; null in memory."),
  notEmulated: z.array(z.string()).describe("What of the service is not emulated."),
  inspector: z.string().nullable().describe("Where debuggers attach; null without --inspect."),
});

const request = event("request", "A request was answered.", {
  access: z
    .strictObject({
      method: z.string().describe("HTTP's method."),
      path: z.string().describe("What was asked for."),
      status: z.int().describe("HTTP's status."),
      milliseconds,
      requestId: z.string().optional().describe("The API's name for it."),
      function: functionKey
        .optional()
        .describe("Who answered; absent where the gateway did itself."),
      lambdaRequestId: requestId.optional(),
      initMilliseconds: amount(
        "How long the start took that it had to wait for; absent without one.",
      ).optional(),
    })
    .describe("The request, and how it ended."),
});

const invoked = event("invoked", "An invocation has ended.", {
  function: functionKey,
  ok: z.boolean().describe("Whether the function has answered."),
  report: z
    .strictObject({
      requestId,
      environment: executionEnvironment,
      initMilliseconds: amount(
        "How long the start took that it had to wait for; absent without one.",
      ).optional(),
      durationMilliseconds: amount("How long it ran."),
      billedMilliseconds: count("How much of that Lambda would charge."),
      memoryMb: count("The memory that it has, in MB."),
      maxMemoryUsedMb: count("What it used of that, in MB."),
    })
    .describe("What Lambda reports."),
});

const events = [
  event("output", "A function has written a line.", {
    function: functionKey,
    line: z.string().describe("The line."),
    platform: z.boolean().describe("Whether Lambda itself would write it."),
    requestId: requestId.optional(),
  }),
  event("failed", "An invocation has failed.", {
    function: functionKey,
    message: z.string().describe("Why, for a person."),
    requestId: requestId.optional(),
  }),
  event("environment-started", "An execution environment is there.", {
    function: functionKey,
    environment: executionEnvironment,
  }),
  event("environment-ended", "An execution environment is gone.", {
    function: functionKey,
    environment: executionEnvironment,
  }),
  event("table-call", "A table was called.", {
    function: functionKey.nullable().describe("Who called; null of the developer."),
    operation: z
      .string()
      .describe("DynamoDB's word.")
      .meta({ examples: ["GetItem"] }),
    tables: z.array(z.string()).describe("The names of the tables that it is about."),
    status: z.int().describe("HTTP's status."),
    milliseconds,
    errorType: z.string().optional().describe("DynamoDB's name for what went wrong."),
    capacity: z
      .array(
        z.strictObject({
          table: z.string().describe("The table's name."),
          read: amount("Units of reading."),
          write: amount("Units of writing."),
        }),
      )
      .optional()
      .describe("What DynamoDB would charge: an estimate."),
  }),
  event("access-denied", "A function may not do what it tried.", {
    function: functionKey,
    action: z
      .string()
      .describe("What it tried.")
      .meta({ examples: ["dynamodb:PutItem"] }),
    resource: z.string().describe("On what: an ARN."),
    message: z.string().describe("AWS's words."),
    fix: z.string().nullable().describe("The line in service.ts that allows it; null: none can."),
  }),
  event("secret-missing", "A secret has no value.", {
    function: functionKey.nullable().describe("Who asked; null where nobody has yet."),
    secret: z.string().describe("The secret's key."),
    fix: z.string().describe("What to type."),
  }),
  event("items-expired", "Items are gone, because their time was over.", {
    table: z.string().describe("The table's name."),
    items: count("How many."),
  }),
  event("items-not-expired", "Expired items could not be deleted.", { error }),
  event("call-failed", "A call could not be answered, and AWS would have answered it.", { error }),
  event("engine-restarted", "What keeps the tables had ended, and is there again.", {
    reason: z.string().describe("Why it had ended."),
    milliseconds,
  }),
  event("engine-ended", "What keeps the tables has ended.", {
    reason: z.string().describe("Why."),
  }),
  event("reloaded", "Code from a file that was saved serves now.", {
    functions: z.array(z.string()).describe("The keys of the functions that have other code."),
    milliseconds,
  }),
  event("not-reloaded", "Code from before keeps serving.", { error }),
  event("type-problems", "Types are wrong in code that was saved.", {
    problems: z
      .array(
        z.strictObject({
          file: z.string().describe("As an absolute path."),
          line: z.int().min(1).describe("Counted from 1."),
          column: z.int().min(1).describe("Counted from 1."),
          code: z
            .string()
            .describe("The compiler's.")
            .meta({ examples: ["TS2322"] }),
          message: z.string().describe("The compiler's words."),
        }),
      )
      .describe("Each of them."),
    restored: z.boolean().describe("Whether the code from before serves again."),
  }),
  event("not-type-checked", "Nobody looks at types.", { reason: z.string().describe("Why.") }),
  event("sample-data", "The tables were filled.", {
    sent: count("How many requests that took."),
  }),
  event("sample-data-kept", "The tables were not filled, because they have items.", {
    items: count("How many."),
  }),
] as const;

export const devAnswer = z
  .discriminatedUnion("type", [ready, request, invoked, ...events])
  .meta({ title: "dev", description: "Something that has happened; `ready` comes first." });

export type DevAnswer = z.infer<typeof devAnswer>;
