import * as z from "zod";
import { amount, count, moment } from "./values.ts";

const at = moment("When that was done");

export const restoreSource = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("backup").describe("A backup."),
      arn: z.string().describe("Its ARN."),
      name: z.string().describe("Its name."),
      at: moment("What was written before is in it"),
    }),
    z.strictObject({
      kind: z.literal("time").describe("The table's own past."),
      to: moment("Up to when"),
    }),
  ])
  .meta({ id: "RestoreSource", description: "What a table is restored from." });

const stream = ["KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE"];

const settings = z
  .strictObject({
    billing: z
      .strictObject({
        mode: z.enum(["on-demand", "provisioned"]).describe("How it is paid."),
        readUnits: z
          .int()
          .nullable()
          .describe("A second; of on-demand, the most, or null for any."),
        writeUnits: z
          .int()
          .nullable()
          .describe("A second; of on-demand, the most, or null for any."),
      })
      .describe("How it is paid, and how much it may do."),
    tableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).describe("DynamoDB's class."),
    isProtected: z.boolean().describe("Whether DynamoDB refuses to delete it."),
    stream: z.enum(stream).nullable().describe("What its stream tells; null without one."),
    key: z.string().nullable().describe("The key of KMS; null for one that is DynamoDB's own."),
    timeToLiveAttribute: z.string().nullable().describe("When items expire; null where none do."),
    recoveryDays: z.int().nullable().describe("How far point-in-time recovery reaches; null: off."),
    tags: z.record(z.string(), z.string()).describe("By key."),
    policy: z.string().nullable().describe("Who else may do what with it, as JSON; null: nobody."),
    contributorInsights: z
      .enum(["ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"])
      .nullable()
      .describe("What CloudWatch is told of keys; null: nothing."),
    kinesisStreams: z.array(z.string()).describe("Where its changes go: ARNs."),
  })
  .meta({ id: "TableSettings", description: "What of a table is no item, and no key." });

export const settingsFrom = z
  .enum(["plan", "table", "record"])
  .describe(
    "Where its settings were read: of the release, of the table itself, of its last record.",
  );

/** Each step of a restore as it was done; null where it was not. */
export const restoreProgress = z
  .strictObject({
    chosen: z
      .strictObject({
        at,
        table: z.string().describe("The table's key in the manifest."),
        asked: z.string().describe("What was asked for, as it was written."),
        from: restoreSource.describe("What it comes from."),
        source: z.string().describe("The table that is replaced."),
        target: z.string().describe("What the restored one is called."),
        isLost: z.boolean().describe("Whether the first is not there any more."),
        settings: settings.describe("What the restored one is to be like."),
        settingsFrom,
      })
      .nullable()
      .describe("What was decided."),
    keptAside: z
      .strictObject({ at, backup: z.string().describe("Its ARN.") })
      .nullable()
      .describe("That the table which is replaced has a backup of its own."),
    restored: z
      .strictObject({
        at,
        seconds: amount("How long it took."),
        items: count("How many items there are, as DynamoDB says, a few hours late."),
        bytes: count("How large it is, as DynamoDB says, a few hours late."),
      })
      .nullable()
      .describe("That all items are there."),
    settled: z
      .strictObject({ at, settings: z.array(z.string()).describe("Those that had been left out.") })
      .nullable()
      .describe("That its settings are what they are to be."),
    compared: z
      .strictObject({
        at,
        comparison: z
          .unknown()
          .describe("Any JSON: counts of both tables, and samples that differ."),
      })
      .nullable()
      .describe("That it was held against the table that is replaced."),
    switching: z
      .strictObject({ at })
      .nullable()
      .describe("That the service is being led to it: there is no way but forward."),
    settledPlan: z.strictObject({ at }).nullable().describe("That Terraform has nothing to do."),
  })
  .meta({ id: "RestoreProgress", description: "How far a restore has come; null: not done." });
