import * as z from "zod";
import { count } from "../parts/values.ts";

const where = z
  .union([
    z.strictObject({
      file: z.string().describe("From the root of the repository."),
      line: z.int().nullable().describe("Counted from 1; null where no line is meant."),
    }),
    z.strictObject({ resource: z.string().describe("What an ARN or a URL leads to.") }),
  ])
  .meta({ id: "AuditPlace", description: "Where something is wrong." });

const edit = z
  .strictObject({
    file: z.string().describe("From the root of the repository."),
    line: z.int().min(1).describe("The first line of them, counted from 1."),
    removed: count("How many lines go; 0 where others are put in before."),
    inserted: z.array(z.string()).describe("The lines that come instead."),
  })
  .meta({ id: "Edit", description: "Lines of a file that are replaced by others." });

const finding = z
  .strictObject({
    id: z.string().describe("Its rule, which docs/reference/audit.md explains."),
    severity: z.enum(["critical", "high", "medium", "low"]).describe("How urgent it is."),
    means: z.string().describe("What the rule is about."),
    place: where.describe("Where it is."),
    evidence: z.string().describe("What was seen."),
    why: z.string().describe("Why it matters."),
    fix: z.string().describe("What ends it."),
    edits: z
      .array(edit)
      .describe("Edits that end it and are safe; empty where it takes a decision."),
    source: z.string().describe("Who says so: a URL."),
  })
  .meta({ id: "AuditFinding", description: "Something that is wrong." });

const acceptance = z
  .strictObject({
    id: z.string().describe("The finding's."),
    place: z.string().describe("Where, as audit prints it."),
    reason: z.string().describe("Why it may stay."),
    expires: z.iso.date().describe("The last day on which it may."),
  })
  .meta({ id: "Acceptance", description: "An entry of audit-baseline.json." });

const acceptedFinding = z
  .strictObject({
    finding: finding.describe("What was found."),
    accepted: acceptance.describe("Who lets it stand, and until when."),
  })
  .meta({ id: "AcceptedFinding", description: "A finding, and the entry that it fits." });

const postureAnswer = z
  .strictObject({
    findings: z
      .array(finding)
      .describe("What counts: nobody has accepted it, or that day is over."),
    accepted: z.array(acceptedFinding).describe("What may stay as it is."),
    expired: z.array(acceptedFinding).describe("Of the findings, those whose day is over."),
    unused: z.array(acceptance).describe("Entries that no finding fits any more."),
    unchecked: z
      .array(
        z.strictObject({
          what: z.string().describe("What could not be looked at."),
          why: z.string().describe("Why not."),
          rules: z.array(z.string()).describe("The rules that had needed it."),
        }),
      )
      .describe("What was not looked at, and is not taken for right."),
    checked: z.array(z.string()).describe("The rules that everything was there for."),
  })
  .meta({ title: "audit", description: "What is wrong with the service's posture." });

const permissionFields = {
  id: z.string().describe("The same for as long as what it allows is."),
  function: z.string().describe("The function's key."),
  action: z
    .string()
    .describe("What it may do.")
    .meta({ examples: ["dynamodb:GetItem"] }),
  resource: z.string().describe("On what: an ARN."),
  partitionKeys: z
    .string()
    .nullable()
    .describe("The pattern of the partition keys that it is limited to; null where it is not."),
  from: z.string().describe("The statement that it is a part of."),
};

const permissionsAnswer = z
  .strictObject({
    service: z.string().describe("The service's name."),
    permissions: z
      .array(z.strictObject(permissionFields))
      .describe("The smallest parts, one by one."),
  })
  .meta({ title: "audit iam", description: "What each function may do." });

const minimalAnswer = z
  .strictObject({
    service: z.string().describe("The service's name."),
    needed: count("Permissions that a test needs."),
    findings: count("Permissions that no test needs."),
    notHeld: count("Permissions that no test here can say anything of."),
    runs: count("How often tests were run."),
    permissions: z
      .array(
        z.strictObject({
          ...permissionFields,
          verdict: z
            .enum(["needed", "unused", "covered", "unnoticed", "unclear", "not-held"])
            .describe("What tests say of it; docs/reference/commands.md has each."),
          tests: z.array(z.string()).describe("Files of tests whose calls need it."),
          reason: z.string().nullable().describe("Why a test cannot say; null where it can."),
        }),
      )
      .describe("The smallest parts, one by one."),
  })
  .meta({ title: "audit iam --minimal", description: "Which permissions no test needs." });

export const auditAnswer = z
  .union([postureAnswer, permissionsAnswer, minimalAnswer])
  .meta({ title: "audit", description: "What is wrong; or what functions may do." });

export type AuditAnswer = z.infer<typeof auditAnswer>;
