import * as z from "zod";
import { steps } from "../parts/steps.ts";
import { count, environmentName, moment, releaseId } from "../parts/values.ts";
import { verificationOrNone } from "../parts/verification.ts";

const bytes = count("How large it is.")
  .nullable()
  .describe("How large it is, in bytes; null where nobody says.");

const source = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("replica").describe("A replica in another region."),
      region: z.string().describe("Which one."),
      bytes,
    }),
    z.strictObject({
      kind: z.literal("backup").describe("A backup."),
      arn: z.string().describe("Its ARN."),
      name: z.string().describe("Its name."),
      at: moment("What was written before is in it"),
      bytes,
    }),
    z.strictObject({ kind: z.literal("empty").describe("Nothing: it begins empty.") }),
  ])
  .meta({ id: "TableSource", description: "What the items of a table come back from." });

const described = {
  environment: environmentName.describe("What is made again."),
  release: releaseId("The release that is to be live."),
  from: z.string().describe("Where the release was found."),
  tables: z
    .array(
      z.strictObject({
        key: z.string().describe("Its key in the manifest."),
        name: z.string().describe("Its name in AWS."),
        source: source.describe("What its items come back from."),
      }),
    )
    .describe("By table."),
  goesOn: z.boolean().describe("Whether it goes on with what was cut off."),
};

const planned = z
  .strictObject({
    ...described,
    outcome: z.enum(["planned", "already-live"]).describe("Nothing was changed."),
    steps,
  })
  .meta({ title: "dr rebuild --dry-run", description: "What would be made again." });

const rebuilt = z
  .strictObject({
    ...described,
    outcome: z.literal("live").describe("It is there again."),
    url: z.string().nullable().describe("Where the API answers; null where there is none."),
    brought: z
      .record(
        z.string(),
        z.strictObject({
          at: moment("When it had its items again"),
          items: count("How many.").nullable().describe("How many; null where nobody says."),
          bytes,
        }),
      )
      .describe("By the table's key. DynamoDB's figures, which may be hours old."),
    verification: verificationOrNone,
    steps,
  })
  .meta({ title: "dr rebuild", description: "What was made again in an empty account." });

export const drRebuildAnswer = z
  .union([planned, rebuilt])
  .meta({ title: "dr rebuild", description: "A service that is made again in an empty account." });

export type DrRebuildAnswer = z.infer<typeof drRebuildAnswer>;
