import * as z from "zod";
import { environmentName } from "../parts/values.ts";
import { alarmPlan, serviceAlarmPlan } from "./alarm-plan.ts";
import { apiPlan } from "./api-plan.ts";
import { deploymentPlan } from "./deployment-plan.ts";
import { functionPlan } from "./function-plan.ts";
import { recoveryPlan } from "./recovery-plan.ts";
import { secretPlan } from "./secret-plan.ts";
import { tablePlan } from "./table-plan.ts";

const addresses = z.array(z.string()).meta({ examples: [["mailto:team@example.com"]] });

export const servicePlan = z
  .strictObject({
    service: z.string().describe("The service's name."),
    description: z.string().describe("What it is for."),
    environment: environmentName.describe("The environment that it is resolved for."),
    accountId: z.string().describe("The AWS account."),
    region: z.string().describe("The region."),
    place: z
      .enum(["primary", "standby"])
      .describe("Where callers are, or where the service waits for the day on which that is lost."),
    metricNamespace: z.string().describe("CloudWatch's namespace of what functions measure."),
    tracing: z.boolean().describe("Whether X-Ray follows requests."),
    functions: z.array(functionPlan).describe("Its functions."),
    tables: z.array(tablePlan).describe("Its tables."),
    secrets: z.array(secretPlan).describe("Its secrets."),
    api: apiPlan.describe("Its API."),
    alarms: z.array(alarmPlan).describe("Its alarms."),
    serviceAlarm: serviceAlarmPlan
      .nullable()
      .describe("Whether callers get answers; null where no alarm wakes somebody."),
    notify: z
      .strictObject({
        page: addresses.describe("Who is woken: mailto: or https: addresses."),
        ticket: addresses.describe("Who hears of the rest."),
      })
      .describe("Who hears of alarms."),
    approval: z
      .strictObject({
        confirmation: z.string().nullable().describe("The words of --confirm; null for none."),
        reasonRequired: z.boolean().describe("Whether --reason is wanted."),
      })
      .describe("What has to be typed before the environment is changed."),
    recovery: recoveryPlan.describe("What is kept for a bad day."),
    deployment: deploymentPlan.describe("Where Terraform keeps what, and who deploys."),
    tags: z.record(z.string(), z.string()).describe("What every resource is tagged with, by key."),
  })
  .meta({
    id: "ServicePlan",
    title: "service plan",
    description: "A manifest resolved for one environment: every name and number is filled in.",
  });
