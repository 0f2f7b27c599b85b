import * as z from "zod";
import { unread } from "../parts/unread.ts";
import { environmentName, moment } from "../parts/values.ts";
import { alarmPlan, serviceAlarmPlan } from "../plan/alarm-plan.ts";

const transition = z
  .strictObject({
    name: z.string().describe("The alarm's name."),
    at: moment("When its state changed"),
    from: z.string().describe("The state before."),
    to: z.string().describe("The state behind."),
    reason: z.string().describe("CloudWatch's words for why."),
    reasonData: z.string().nullable().describe("The same as JSON; null where there is none."),
  })
  .meta({ id: "AlarmTransition", description: "A change of an alarm's state." });

const history = z
  .array(transition)
  .nullable()
  .optional()
  .describe("Where it was asked for: the newest changes first; null where they could not be read.");

const isHeard = z
  .boolean()
  .nullable()
  .describe("Whether somebody hears of it; null where that is not known.");

const since = moment("Since when")
  .nullable()
  .describe("Since when; null where nobody says. ISO 8601.");

const alarm = z
  .strictObject({
    ...alarmPlan.shape,
    state: z
      .enum(["OK", "ALARM", "INSUFFICIENT_DATA", "missing"])
      .describe("CloudWatch's word; missing where there is no such alarm."),
    since,
    reason: z.string().describe("Why, in words."),
    datapoints: z
      .array(z.number().nullable())
      .describe(
        "What it looked at last, the newest first, in its unit; null where there was no figure.",
      ),
    isHeard,
    differences: z.array(z.string()).describe("What it has otherwise than planned."),
    history,
  })
  .meta({ id: "Alarm", description: "An alarm as it is planned, and as it is now." });

const serviceAlarm = z
  .strictObject({
    ...serviceAlarmPlan.shape,
    state: z
      .enum(["OK", "ALARM", "INSUFFICIENT_DATA", "missing", "unknown"])
      .describe("CloudWatch's word; missing, or unknown where it could not be read."),
    since,
    isHeard,
    unread: unread.nullable().describe("Why it could not be read; null where nothing is wrong."),
    history,
  })
  .meta({ id: "ServiceAlarm", description: "The alarm over others, as it is now." });

const step = z
  .strictObject({
    what: z.string().describe("What to do."),
    command: z.string().optional().describe("What is typed for it, where something is."),
  })
  .meta({ id: "AlarmStep", description: "A step of what to do." });

const section = z
  .strictObject({
    anchor: z.string().describe("What its address in runbooks/alarms.md ends with."),
    title: z.string().describe("Its heading."),
    see: z.string().describe("What is seen."),
    means: z.string().describe("What that means."),
    steps: z.array(step).describe("What to do, in order."),
    check: z.array(step).describe("How to know that it is over."),
    escalate: z.string().describe("When one should not be alone with it any more."),
  })
  .meta({ id: "AlarmSection", description: "What the runbook says of an alarm." });

export const alarmsAnswer = z
  .strictObject({
    environment: environmentName.describe("Where they are."),
    serviceAlarm: serviceAlarm.nullable().describe("Null where another one was asked for."),
    alarms: z.array(alarm).describe("The others: what fires comes first."),
    section: section
      .optional()
      .describe("With `show`: what the runbook says of it, if it says anything."),
  })
  .meta({ title: "alarms", description: "The alarms of an environment, and why they fire." });

export type AlarmsAnswer = z.infer<typeof alarmsAnswer>;
