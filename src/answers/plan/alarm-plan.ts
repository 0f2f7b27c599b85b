import * as z from "zod";
import { count } from "../parts/values.ts";
import { from } from "./from.ts";

export const severity = z
  .enum(["page", "ticket"])
  .meta({ id: "Severity", description: "Wakes somebody, or is looked at in the morning." });

const metric = z
  .strictObject({
    id: z.string().describe("What the alarm's expression calls it."),
    namespace: z.string().describe("CloudWatch's namespace."),
    name: z.string().describe("CloudWatch's name."),
    statistic: z
      .string()
      .describe("What is made of a period's figures.")
      .meta({
        examples: ["Sum", "p99"],
      }),
    dimensions: z.record(z.string(), z.string()).describe("By name."),
  })
  .meta({ id: "MetricPlan", description: "A figure that an alarm looks at." });

export const alarmPlan = z
  .strictObject({
    name: z.string().describe("Its name in CloudWatch."),
    kind: z
      .enum([
        "function-errors",
        "function-duration",
        "function-throttles",
        "function-concurrency",
        "api-server-errors",
        "api-error-budget",
        "api-latency",
        "table-throttles",
        "table-system-errors",
        "backup-age",
        "replication-latency",
      ])
      .describe("What it is about; docs/reference/alarms.md has each."),
    severity: severity.describe("Whom it reaches."),
    runbook: z.string().describe("Its section in runbooks/alarms.md."),
    description: z.string().describe("What it means, for whoever is woken."),
    subject: z.string().describe("The function's, the API's or the table's name in AWS."),
    metrics: z.array(metric).describe("What it looks at."),
    expression: z
      .string()
      .nullable()
      .describe("What is held against the threshold; null where it is the only metric."),
    comparison: z
      .enum(["GreaterThanThreshold", "LessThanThreshold"])
      .describe("How it is held against it."),
    threshold: z.number().describe("In `unit`."),
    unit: z.enum(["count", "percent", "milliseconds"]).describe("Of the threshold."),
    minimumCount: count("Below so many events in a period it never fires; 0 for no such floor."),
    periodSeconds: count("The length of a period."),
    periods: count("How many periods are looked at."),
    datapointsToAlarm: count("How many of them have to be bad."),
    missingData: z
      .enum(["notBreaching", "breaching"])
      .describe("What counts for a period without a figure."),
    from,
  })
  .meta({ id: "AlarmPlan", description: "A metric alarm." });

export const serviceAlarmPlan = z
  .strictObject({
    name: z.string().describe("Its name in CloudWatch."),
    description: z.string().describe("What it means, for whoever is woken."),
    runbook: z.string().describe("Its section in runbooks/alarms.md."),
    rule: z.string().describe("In CloudWatch's form: which states of which alarms make it fire."),
    alarms: z.array(z.string()).describe("The names of those alarms."),
    from,
  })
  .meta({ id: "ServiceAlarmPlan", description: "The alarm over those that wake somebody." });
