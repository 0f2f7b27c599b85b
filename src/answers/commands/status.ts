import * as z from "zod";
import { unreadFields } from "../parts/unread.ts";
import { amount, count, environmentName, moment, releaseId } from "../parts/values.ts";
import { severity } from "../plan/alarm-plan.ts";

function figure(meaning: string) {
  return amount(meaning)
    .nullable()
    .describe(`${meaning}; null where nothing was reported, which is not 0.`);
}

function series(meaning: string) {
  return z.array(z.number().nullable()).describe(`${meaning}, one for each period.`);
}

const alarmState = z
  .enum(["OK", "ALARM", "INSUFFICIENT_DATA", "missing"])
  .describe("CloudWatch's word; missing where there is no such alarm.");

const since = moment("Since when")
  .nullable()
  .describe("Since when; null where nobody says. ISO 8601.");

const functionStatus = z
  .strictObject({
    key: z.string().describe("Its key in the manifest."),
    name: z.string().describe("Its name in AWS."),
    version: z.string().nullable().describe("What its alias leads to; null where there is none."),
    canary: z
      .strictObject({
        version: z.string().describe("The version that is tried."),
        percent: amount("Its share of the traffic, in percent."),
      })
      .nullable()
      .describe("The version that has a share of the traffic; null where none has."),
    invocations: figure("How many"),
    errors: figure("How many of them failed"),
    errorPercent: figure("How many of a hundred failed"),
    p50Milliseconds: figure("What half of them took at most, in the slowest period"),
    p99Milliseconds: figure("What 99 of a hundred took at most, in the slowest period"),
    throttles: figure("How many were refused"),
    coldStarts: figure("How many had to wait for a start"),
    concurrency: figure("How many ran at once at most"),
    series: z
      .strictObject({
        invocations: series("Invocations"),
        errors: series("Errors"),
        p99Milliseconds: series("What 99 of a hundred took at most"),
      })
      .describe("The same over time."),
  })
  .meta({ id: "FunctionStatus", description: "How a function is." });

const tableStatus = z
  .strictObject({
    name: z.string().describe("Its name in AWS."),
    throttledRequests: figure("How many were refused"),
    backup: z
      .strictObject({
        kind: z.string().describe("What it is."),
        at: moment("What was written before is in it"),
        ageMinutes: amount("How old it is."),
      })
      .nullable()
      .describe("The newest state that can come back; null where there is none."),
    rpoMinutes: count("How old that may be."),
    isProtected: z
      .boolean()
      .nullable()
      .describe("Whether DynamoDB refuses to delete it; null where that is not known."),
    restored: z
      .strictObject({
        at: moment("When the service was led to it"),
        operation: count("Its number in the history."),
        to: moment("Up to when")
          .nullable()
          .describe("The moment that it was restored to; null of a backup. ISO 8601."),
        backup: z.string().nullable().describe("The backup's ARN; null of a moment."),
        from: z.string().describe("The table that it stands for, which is kept aside."),
      })
      .nullable()
      .describe("That it stands for another one; null where it does not."),
  })
  .meta({ id: "TableStatus", description: "How a table is." });

const lastOperation = z.strictObject({
  number: count("Its number in the history."),
  action: z
    .string()
    .describe("What was done.")
    .meta({ examples: ["promote"] }),
  release: releaseId("Which.").nullable().describe("The release that it was about; null: none."),
  at: moment("When it began"),
  by: z.string().describe("Who: the ARN of whoever called AWS."),
  host: z.string().describe("On which machine."),
  user: z.string().describe("Whoever was logged in there."),
  run: z.string().nullable().describe("The workflow's run: a URL; null where a person typed it."),
  outcome: z.string().nullable().describe("How it ended; null while it has not."),
});

const environmentStatus = z
  .strictObject({
    environment: environmentName.describe("Which one."),
    accountId: z.string().describe("Its AWS account."),
    region: z.string().describe("Its region."),
    at: moment("When it was looked at"),
    state: z
      .enum(["healthy", "wrong", "unknown"])
      .describe("unknown: something could not be read, and nothing is known to be wrong."),
    window: z
      .strictObject({
        from: moment("The beginning"),
        to: moment("The end"),
        periodSeconds: count("The length of a period."),
      })
      .describe("The time that figures are of."),
    release: z
      .strictObject({
        id: releaseId("What it is called."),
        builtAt: moment("When it was built"),
        commit: z.string().nullable().describe("What it was built from; null without Git."),
        standing: z
          .enum(["verified", "not-verified", "failed", "rolled-back"])
          .describe("What is known of it."),
      })
      .nullable()
      .describe("The live release; null where none is known."),
    lastOperation: lastOperation.nullable().describe("What was done last; null where nothing was."),
    functions: z.array(functionStatus).describe("Its functions."),
    api: z
      .strictObject({
        requests: figure("How many"),
        serverErrors: figure("How many were answered with 5xx"),
        p99Milliseconds: figure("What 99 of a hundred took at most, in the slowest period"),
      })
      .nullable()
      .describe("Its API; null where it was not read, or there is none."),
    serviceAlarm: z
      .strictObject({
        name: z.string().describe("Its name in CloudWatch."),
        state: alarmState,
        since,
      })
      .nullable()
      .describe("The alarm over those that wake somebody; null where there is none, or not read."),
    alarms: z
      .array(
        z.strictObject({
          name: z.string().describe("Its name in CloudWatch."),
          state: alarmState,
          since,
          severity: severity.describe("Whom it reaches."),
        }),
      )
      .describe("The other alarms."),
    tables: z.array(tableStatus).describe("Its tables."),
    findings: z
      .array(
        z.strictObject({
          id: z.string().describe("What is wrong, which docs/reference/observe.md explains."),
          subject: z.string().describe("A function, an alarm, a table, a resource."),
          message: z.string().describe("The same in words."),
          next: z.string().describe("What to type next."),
        }),
      )
      .describe("What is wrong; empty where nothing is."),
    unread: z
      .array(
        z.strictObject({ part: z.string().describe("What could not be read."), ...unreadFields }),
      )
      .describe("What could not be read, and why."),
  })
  .meta({ id: "EnvironmentStatus", description: "How an environment is." });

export const statusAnswer = z
  .strictObject({
    service: z.string().describe("The service's name."),
    environments: z.array(environmentStatus).describe("Those that were asked for."),
  })
  .meta({
    title: "status",
    description: "Whether what is deployed is well. With --watch, there is one line for each look.",
  });

export type StatusAnswer = z.infer<typeof statusAnswer>;
