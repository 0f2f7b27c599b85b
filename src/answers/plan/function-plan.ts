import * as z from "zod";
import { count } from "../parts/values.ts";
import { from } from "./from.ts";

export const logGroup = z
  .strictObject({
    name: z.string().describe("Its name in CloudWatch."),
    retentionDays: count("For how many days lines are kept."),
  })
  .meta({ id: "LogGroup", description: "A log group." });

const statement = z
  .strictObject({
    actions: z
      .array(z.string())
      .describe("What is allowed.")
      .meta({
        examples: [["dynamodb:GetItem"]],
      }),
    resources: z.array(z.string()).describe("On what: ARNs."),
    conditions: z
      .record(z.string(), z.record(z.string(), z.array(z.string())))
      .describe("In IAM's form: operator, key, values."),
    from,
  })
  .meta({ id: "Statement", description: "A statement of an IAM policy that allows something." });

export const functionPlan = z
  .strictObject({
    key: z.string().describe("Its key in the manifest."),
    name: z.string().describe("Its name in AWS."),
    arn: z.string().describe("Its ARN."),
    description: z.string().describe("What it is for."),
    entry: z.string().describe("Its source file, from the folder of service.ts."),
    handler: z.string().describe("The module in its zip, and the export that Lambda calls."),
    runtime: z
      .string()
      .describe("Lambda's runtime.")
      .meta({ examples: ["nodejs22.x"] }),
    architecture: z
      .string()
      .describe("Its processor.")
      .meta({ examples: ["arm64"] }),
    memoryMb: count("The memory that it has, in MB."),
    timeoutSeconds: count("How long an invocation may take."),
    reservedConcurrency: z
      .int()
      .nullable()
      .describe("Invocations that may run at once; null where only the account's limit holds."),
    ephemeralStorageMb: count("The room that it has in /tmp, in MB."),
    maxPackageSizeKb: count("What its zip may have, in KB."),
    codeCache: z.boolean().describe("Whether compiled code is in its zip."),
    environmentVariables: z.record(z.string(), z.string()).describe("By name."),
    logGroup: logGroup.describe("Where its lines are."),
    logging: z
      .strictObject({
        applicationLevel: z
          .enum(["DEBUG", "INFO"])
          .describe("From which level on its own lines are kept."),
        systemLevel: z
          .enum(["DEBUG", "INFO", "WARN"])
          .describe("From which level on Lambda's are."),
      })
      .describe("Which lines Lambda keeps."),
    role: z
      .strictObject({
        name: z.string().describe("Its name in IAM."),
        statements: z.array(statement).describe("What it allows; everything else is denied."),
      })
      .describe("The role that it runs as."),
    from,
  })
  .meta({ id: "FunctionPlan", description: "A function, as it is in one environment." });
