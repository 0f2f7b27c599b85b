import * as z from "zod";
import { originFields } from "./release.ts";
import { restoreProgress } from "./restore-progress.ts";
import { amount, count, moment, releaseId } from "./values.ts";
import { verification } from "./verification.ts";

const byFunction = z.record(z.string(), z.string());

const started = z
  .strictObject({
    ...originFields,
    action: z
      .enum([
        "deploy",
        "merge",
        "promote",
        "restore",
        "rollback",
        "verify",
        "destroy",
        "standby",
        "failover",
        "failback",
        "rebuild",
      ])
      .describe("What was begun."),
    release: releaseId("Of it.").nullable().describe("The release that it is about; null: none."),
    previous: releaseId("Before.").nullable().describe("The release that was live; null: none."),
    before: byFunction.describe(
      "By the function's name in AWS: the version that its alias led to.",
    ),
    planDigest: z.string().nullable().describe("Of the changes that were shown; null without any."),
    confirmation: z.string().nullable().describe("The words that were typed; null without any."),
    reason: z.string().nullable().describe("Why; null where nobody has said."),
    continues: z.int().nullable().describe("The number of what it carries on with; null: nothing."),
  })
  .meta({ id: "Started", description: "What somebody began to do." });

export const operation = z
  .strictObject({
    number: count("Counted from 1."),
    started: started.describe("What somebody began to do."),
    applied: z
      .strictObject({
        at: moment("When"),
        versions: byFunction.describe("By the function's name in AWS: the release's version."),
        url: z.string().nullable().describe("Where the API answers; null where there is none."),
      })
      .nullable()
      .describe("That everything but the traffic is as the release wants it; null: it is not."),
    shares: z
      .array(
        z.strictObject({
          at: moment("When"),
          percent: amount("How much of the traffic, in percent."),
          until: moment("When its command means to be done with it"),
        }),
      )
      .describe("What new versions were given, in order."),
    restore: restoreProgress.nullable().describe("Of a restore: what it did; null of all others."),
    moved: z
      .strictObject({
        at: moment("When"),
        from: z.string().describe("The region that callers left."),
        to: z.string().describe("The region that they were led to."),
        healthCheck: z.string().describe("The id of the health check that decides about it."),
        arrivesAt: moment("When the last of them is there"),
        losses: z.array(z.string()).describe("What might not have been there yet."),
      })
      .nullable()
      .describe("Of a failover or a failback: that callers are led elsewhere; null else."),
    verified: z
      .strictObject({
        at: moment("When"),
        digests: byFunction.describe("By the function's name in AWS: SHA-256 of what answered."),
        verification: verification.describe("What was seen."),
      })
      .nullable()
      .describe("What verify saw; null where it was not asked."),
    ended: z
      .strictObject({
        at: moment("When"),
        outcome: z
          .enum([
            "live",
            "rolled-back",
            "failed",
            "verified",
            "merged",
            "destroyed",
            "abandoned",
            "moved",
            "not-moved",
          ])
          .describe("How it ended; abandoned is what somebody says when its command is gone."),
        why: z.string().nullable().describe("Why it ended so; null where all went well."),
        seconds: amount("How long it took."),
      })
      .nullable()
      .describe("How it ended; null while it is under way, or where it was cut off."),
  })
  .meta({ id: "Operation", description: "One thing that was done, as far as it came." });
