import * as z from "zod";
import { count } from "../parts/values.ts";
import { from } from "./from.ts";
import { functionPlan, logGroup } from "./function-plan.ts";
import { routePlan, throttling } from "./route-plan.ts";

const cors = z
  .strictObject({
    allowOrigins: z.array(z.string()).describe("Who may ask."),
    allowHeaders: z.array(z.string()).describe("What they may send."),
    exposeHeaders: z.array(z.string()).describe("What they may read."),
    maxAgeSeconds: count("How long browsers remember it."),
  })
  .meta({ id: "CorsPlan", description: "What browsers are allowed." });

const authorizer = z
  .strictObject({
    function: functionPlan.describe("One more function of the service, and the last of them."),
    cacheSeconds: count("How long API Gateway uses an answer again for the same token."),
    issuer: z.string().describe("Who gives tokens."),
    audience: z.array(z.string()).describe("Whom they are for."),
    jwksUri: z.string().describe("Where the issuer's keys are."),
    from,
  })
  .meta({ id: "AuthorizerPlan", description: "What checks callers' tokens for API Gateway." });

export const apiPlan = z
  .strictObject({
    name: z.string().describe("Its name in AWS."),
    stage: z.string().describe("API Gateway's stage, which is the first part of each path."),
    binaryMediaTypes: z.array(z.string()).describe("What is passed on as bytes."),
    routes: z.array(routePlan).describe("Its routes."),
    preflights: z
      .array(
        z.strictObject({
          path: z.string().describe("A path that has routes."),
          allowMethods: z.array(z.string()).describe("Their methods."),
        }),
      )
      .describe("One answer to OPTIONS for each path."),
    cors: cors.describe("What browsers are allowed."),
    throttling: throttling.describe("For all routes together."),
    authorizer: authorizer
      .nullable()
      .describe("What stands before routes that ask for scopes; null where none does."),
    logGroup: logGroup.describe("Of the access log: a line for each request."),
    from,
  })
  .meta({ id: "ApiPlan", description: "The API, as it is in one environment." });
