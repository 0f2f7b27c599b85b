import * as z from "zod";
import { count, environmentName, moment } from "../parts/values.ts";

export const metricsAnswer = z
  .strictObject({
    service: z.string().describe("The service's name."),
    environment: environmentName.describe("Where it was measured."),
    window: z
      .strictObject({
        from: moment("The beginning of the first period"),
        to: moment("The end of the last one"),
        periodSeconds: count("The length of a period."),
      })
      .describe("The time that figures are of."),
    figures: z
      .array(
        z.strictObject({
          subject: z.string().describe("A function's key, a route, `api`, or a table's name."),
          namespace: z.string().describe("CloudWatch's namespace."),
          metric: z.string().describe("CloudWatch's name."),
          statistic: z.string().describe("What is made of a period's figures."),
          unit: z.enum(["count", "milliseconds"]).describe("Of the values."),
          dimensions: z.record(z.string(), z.string()).describe("By name."),
          values: z
            .array(z.number().nullable())
            .describe("One for each period; null where nothing was reported, which is not 0."),
        }),
      )
      .describe("What was measured."),
  })
  .meta({ title: "metrics", description: "Figures over time." });

export type MetricsAnswer = z.infer<typeof metricsAnswer>;
