import * as z from "zod";
import { steps } from "./steps.ts";
import { amount, environmentName, moment, releaseId } from "./values.ts";
import { verificationOrNone } from "./verification.ts";

const behindSeconds = amount("How far it was behind.");

const replication = z
  .discriminatedUnion("is", [
    z.strictObject({
      is: z.literal("known").describe("It is known."),
      behindSeconds,
      at: moment("When it was so"),
    }),
    z.strictObject({
      is: z.literal("quiet").describe("Nothing was written of late."),
      since: moment("Since when"),
    }),
    z.strictObject({
      is: z.literal("unknown").describe("It is not known."),
      why: z.string().describe("Why not."),
      last: z
        .strictObject({ behindSeconds, at: moment("When it was so") })
        .nullable()
        .describe("What was known last; null where nothing ever was."),
    }),
  ])
  .meta({ id: "Replication", description: "How far a replica is behind." });

/** What `dr failover` and `dr failback` answer. */
export const callersMoveFields = {
  environment: environmentName.describe("Whose callers they are."),
  name: z.string().nullable().describe("The name that they use; null where it is not ours."),
  from: z.string().describe("The region that they leave."),
  to: z.string().describe("The region that they are led to."),
  release: releaseId("The release that answers there."),
  url: z.string().nullable().describe("Where it answers by itself; null without an API."),
  outcome: z
    .enum(["planned", "already-there", "moved", "no-domain"])
    .describe("no-domain: the region would serve them, and nobody was led there."),
  losses: z.array(z.string()).describe("What may not be there yet, in sentences."),
  unreachable: z
    .string()
    .nullable()
    .describe("Why the region that they leave cannot be asked; null where it can."),
  replication: z.record(z.string(), replication).describe("By the name of the table."),
  verification: verificationOrNone,
  steps,
};
