import * as z from "zod";
import { amount, count, environmentName, moment, releaseId } from "../parts/values.ts";

const scenario = z
  .enum(["table-lost", "items-corrupted", "function-broken", "account-empty", "region-lost"])
  .meta({ id: "Scenario", description: "What is lost on purpose." });

const by = z.string().describe("Who began it: an ARN.");
const release = releaseId("The release that was live.")
  .nullable()
  .describe("The release that was live; null where none was recorded.");

const figure = z
  .strictObject({
    seconds: amount("How long.").nullable().describe("How long; null where it never came to that."),
    targetSeconds: amount("How long it may be."),
    met: z.boolean().describe("Whether it was no longer."),
    kind: z.enum(["measured", "simulated"]).describe("simulated as soon as a part was not AWS."),
    how: z.string().describe("What was measured, and what of it was not AWS."),
  })
  .meta({ id: "DrillFigure", description: "A figure that a drill is for." });

const report = z
  .strictObject({
    number: count("Which drill of the environment it is, counted from 1."),
    service: z.string().describe("The service's name."),
    environment: environmentName.describe("Where it was."),
    scenario: scenario.describe("What was lost."),
    at: moment("When it began"),
    by,
    release,
    table: z
      .strictObject({
        key: z.string().describe("Its key in the manifest."),
        before: z.string().describe("What the service called it before."),
        after: z.string().describe("What it calls it since."),
      })
      .describe("The table with the heartbeats."),
    failedAt: moment("When it was lost"),
    command: z.string().describe("What recovered, as it was typed, without lambdakit."),
    recovered: z.boolean().describe("Whether everything was there again."),
    why: z.string().nullable().describe("Why not; null where it was."),
    rpo: figure.describe("How much was lost."),
    rto: figure.describe("How long it was away."),
    heartbeats: z
      .strictObject({
        acknowledged: count("How many were written before the loss."),
        recovered: count("How many of them came back."),
      })
      .describe("Items that were written for the drill."),
    manualSteps: count("What somebody had to do beyond that one command."),
    timeline: z
      .array(
        z.strictObject({
          at: moment("When it happened"),
          what: z.string().describe("What did."),
        }),
      )
      .describe("What happened, in order."),
  })
  .meta({ id: "DrillReport", description: "What a drill has shown." });

const record = z
  .strictObject({
    number: count("Which drill of the environment it is, counted from 1."),
    started: z
      .strictObject({
        scenario: scenario.describe("What is lost."),
        at: moment("When it began"),
        by,
        id: count("What its heartbeats are found by."),
        table: z
          .strictObject({
            key: z.string().describe("Its key in the manifest."),
            name: z.string().describe("Its name in AWS."),
          })
          .describe("The table with the heartbeats."),
        release,
      })
      .describe("That somebody began."),
    failed: z
      .strictObject({
        at: moment("When it was lost"),
        heartbeats: count("How many were acknowledged by then."),
      })
      .nullable()
      .describe("That something was lost; null before."),
    isEmptied: z.boolean().describe("Whether all that the account had was lost."),
    isCalledOff: z.boolean().describe("Whether it ended before anything was lost."),
    report: report.nullable().describe("What it has shown; null while it has not ended."),
  })
  .meta({ id: "DrillRecord", description: "A drill as far as it came." });

const scenarios = z
  .strictObject({
    scenarios: z
      .array(
        z.strictObject({
          name: scenario.describe("What it is called."),
          harm: z.string().describe("What it does, and how that is recovered."),
        }),
      )
      .describe("Those that there are."),
  })
  .meta({ title: "dr drill", description: "What can be lost on purpose." });

const list = z
  .strictObject({
    environment: environmentName.describe("Where they were."),
    drills: z.array(record).describe("The newest first."),
  })
  .meta({ title: "dr drill list", description: "The drills of an environment." });

const reports = z
  .strictObject({
    environment: environmentName.describe("Where it was."),
    reports: z
      .array(report)
      .describe("One for each scenario; of `resume`, none where none was cut off."),
  })
  .meta({ title: "dr drill SCENARIO", description: "What the drills have shown." });

export const drDrillAnswer = z.union([scenarios, list, reports]).meta({
  title: "dr drill",
  description: "Drills: which there are, were, and what one has shown.",
});

export type DrDrillAnswer = z.infer<typeof drDrillAnswer>;
