import * as z from "zod";
import { count } from "../parts/values.ts";
import { from } from "./from.ts";

/** A schema inside of an answer: any JSON Schema. */
const anySchema = z
  .record(z.string(), z.unknown())
  .meta({ id: "JsonSchema", description: "A JSON Schema 2020-12." });

export const throttling = z
  .strictObject({
    requestsPerSecond: z.number().describe("How many in the long run."),
    burst: count("How many at once."),
  })
  .meta({ id: "ThrottlingPlan", description: "How many requests all callers together may send." });

const auth = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("none").describe("Everybody may.") }),
    z.strictObject({ type: z.literal("iam").describe("Whoever IAM allows to.") }),
    z.strictObject({
      type: z.literal("jwt").describe("Whoever has a token."),
      scopes: z.array(z.string()).describe("All of which the token has to have."),
    }),
  ])
  .meta({ id: "RouteAuthPlan", description: "Who may call a route." });

const property = {
  name: z.string().describe("Its name."),
  required: z.boolean().describe("Whether it has to be there."),
  schema: anySchema.describe("What it has to be."),
};

const response = z
  .strictObject({
    status: z.int().describe("HTTP's status."),
    description: z.string().describe("What it means."),
    headers: z.array(z.strictObject(property)).describe("The headers that it has."),
    body: anySchema.nullable().describe("What the body is; null where nothing is said."),
  })
  .meta({ id: "ResponsePlan", description: "An answer that the manifest states." });

export const routePlan = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).describe("HTTP's method."),
    path: z
      .string()
      .describe("The template of its path.")
      .meta({
        examples: ["/v1.0/products/{productId}"],
      }),
    function: z.string().describe("The key of the function that answers."),
    auth: auth.describe("Who may call it."),
    throttling: throttling.nullable().describe("Its own; null where only the API's holds."),
    example: z
      .strictObject({
        pathParameters: z.record(z.string(), z.string()).describe("By name."),
        query: z.record(z.string(), z.string()).describe("By name."),
        body: z.unknown().describe("Any JSON; null where the request has none."),
      })
      .describe("A request that it answers."),
    parameters: z
      .array(
        z.strictObject({
          in: z.enum(["path", "query", "header"]).describe("Where it stands."),
          ...property,
        }),
      )
      .describe("Every path parameter, and those of query and headers that are stated."),
    body: anySchema.nullable().describe("What the body has to be; null where nothing is said."),
    responses: z.array(response).describe("By status, as the manifest states them."),
    from,
  })
  .meta({ id: "RoutePlan", description: "A route of the API." });
