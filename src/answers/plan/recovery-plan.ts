import * as z from "zod";
import { count } from "../parts/values.ts";
import { from } from "./from.ts";

const backups = z
  .strictObject({
    vault: z.string().describe("The vault's name, in the environment's region."),
    plan: z.string().describe("The name of what says when backups are made."),
    role: z.string().describe("The name of the role that AWS Backup has."),
    everyMinutes: count("How far they are apart."),
    schedule: z.string().describe("When they are made, in AWS Backup's form, in UTC."),
    recentDays: count("How long those are kept."),
    dailySchedule: z.string().describe("When the one is made that stands for its day."),
    retentionDays: count("How long that one is kept."),
    copyTo: z
      .strictObject({
        region: z.string().describe("The recovery region."),
        vault: z.string().describe("The vault's name there."),
      })
      .nullable()
      .describe("Where that one is copied to; null without a recovery region."),
    locked: z.boolean().describe("Whether nobody deletes a backup before its time."),
    from,
  })
  .meta({
    id: "BackupsPlan",
    description: "What AWS Backup keeps, beside point-in-time recovery.",
  });

export const domainPlan = z
  .strictObject({
    name: z.string().describe("The name that callers use."),
    zoneId: z.string().describe("The hosted zone of its records."),
    recordTtlSeconds: count("How long a resolver may keep an answer."),
    healthCheck: z
      .strictObject({
        path: z.string().describe("What is asked, with the stage and a query."),
        intervalSeconds: z.union([z.literal(10), z.literal(30)]).describe("How often each asks."),
        failureThreshold: count("How many answers in a row have to be bad."),
      })
      .describe("What Route 53 asks the primary for."),
    from,
  })
  .meta({ id: "DomainPlan", description: "A name that answers with the region that is well." });

export const standbyPlan = z
  .strictObject({
    region: z.string().describe("The region that stands by."),
    domain: domainPlan.nullable().describe("The name that moves; null where others move callers."),
    from,
  })
  .meta({ id: "StandbyPlan", description: "Where the service stands by." });

export const recoveryPlan = z
  .strictObject({
    rpoMinutes: count("How much may be lost."),
    rtoMinutes: count("How long it may be away."),
    backups: backups
      .nullable()
      .describe("Null without a table of its own, and where it stands by."),
    standby: standbyPlan.nullable().describe("Null without a recovery region."),
  })
  .meta({
    id: "RecoveryPlan",
    description: "What is kept for the day on which something is lost.",
  });
