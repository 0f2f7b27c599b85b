import * as z from "zod";
import { amount, environmentName } from "../parts/values.ts";

function usd(meaning: string) {
  return z.number().describe(`${meaning}, in US dollars, rounded to a millionth.`);
}

const route = z
  .strictObject({
    route: z.string().describe("Method and path."),
    function: z.string().describe("The key of the function that answers."),
    requests: amount("How many a month."),
    lambda: usd("What Lambda charges for them"),
    api: usd("What API Gateway does"),
    dynamodb: usd("What DynamoDB does"),
    logs: usd("What their log lines cost"),
    traces: usd("What X-Ray charges"),
    usd: usd("All of that"),
  })
  .meta({ id: "RouteCost", description: "What the requests of a route cost in a month." });

const fixed = z
  .strictObject({
    meter: z.string().describe("What is charged for."),
    what: z.string().describe("The same in words."),
    amount: amount("How much of it, in the meter's own unit."),
    usd: usd("What it costs"),
  })
  .meta({ id: "FixedCost", description: "What a month costs without any request." });

const estimate = {
  service: z.string().describe("The service's name."),
  environment: environmentName.describe("Where it runs."),
  region: z.string().describe("Whose prices they are."),
  prices: z.iso.date().describe("The day of the table of prices."),
  requests: amount("How many a month, of all routes."),
  routes: z.array(route).describe("By route."),
  fixed: z.array(fixed).describe("By meter."),
  usd: z
    .strictObject({
      routes: usd("The requests of all routes"),
      fixed: usd("What is there without any request"),
      total: usd("Both"),
      perMillionRequests: usd("The total for a million requests")
        .nullable()
        .describe("The total for a million requests, in US dollars; null without requests."),
    })
    .describe("Together."),
};

export const costAnswer = z
  .strictObject({
    ...estimate,
    compared: z
      .array(
        z
          .strictObject({ ...estimate, label: z.string().describe("What it is the cost of.") })
          .meta({ id: "ComparedCost", description: "A month of what it is compared with." }),
      )
      .optional()
      .describe("Where something was to be compared: the same for each."),
    budget: z
      .strictObject({
        usd: usd("The most that it may cost"),
        isOver: z.boolean().describe("Whether it costs more."),
      })
      .optional()
      .describe("Where a budget was given."),
    basis: z
      .array(
        z.strictObject({
          from: z.enum(["measured", "given", "assumed"]).describe("How it is known."),
          what: z.string().describe("What is."),
        }),
      )
      .describe("What the figures rest on."),
    leftOut: z.array(z.string()).describe("What is not in them."),
    sources: z.array(z.string()).describe("Where the prices are published: URLs."),
  })
  .meta({ title: "cost", description: "What a month costs." });

export type CostAnswer = z.infer<typeof costAnswer>;
