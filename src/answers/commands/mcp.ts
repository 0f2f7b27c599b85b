import * as z from "zod";

const head = {
  jsonrpc: z.literal("2.0").describe("JSON-RPC's version."),
  id: z.union([z.string(), z.int()]).nullable().describe("The request's; null where it has none."),
};

const result = z
  .strictObject({
    ...head,
    result: z.record(z.string(), z.unknown()).describe("As the protocol says, by the method."),
  })
  .meta({ title: "a result", description: "The answer to a request." });

const failure = z
  .strictObject({
    ...head,
    error: z
      .strictObject({
        code: z.int().describe("JSON-RPC's number."),
        message: z.string().describe("What was wrong."),
      })
      .describe("Why there is no answer."),
  })
  .meta({ title: "an error", description: "That a request was no request, or no known one." });

export const mcpAnswer = z.union([result, failure]).meta({
  title: "mcp",
  description: "A line of the Model Context Protocol, with or without --json.",
});

export type McpAnswer = z.infer<typeof mcpAnswer>;
