import * as z from "zod";
import { environmentName } from "../parts/values.ts";

const neighbour = {
  environment: environmentName.describe("Which one."),
  accountId: z.string().describe("Its AWS account."),
};

const previous = z.strictObject({
  ...neighbour,
  region: z.string().describe("Its region."),
  artifactBucket: z.string().describe("Where its releases lie."),
  releasesRoleArn: z.string().describe("The role there that may read them."),
});

const next = z.strictObject({
  ...neighbour,
  deployRoleArn: z.string().describe("The role that its workflows deploy as."),
  planRoleArn: z.string().describe("The role that they plan as."),
});

export const deploymentPlan = z
  .strictObject({
    prefix: z.string().describe("How everything of the organisation is called in the beginning."),
    repository: z
      .string()
      .nullable()
      .describe("The GitHub repository whose workflows may deploy; null where none may."),
    branch: z.string().describe("The branch that is deployed."),
    alias: z.string().describe("The alias that the API calls."),
    stateBucket: z.string().describe("Where Terraform's state lies."),
    stateKey: z.string().describe("What it is called there."),
    artifactBucket: z.string().describe("Where artifacts and releases lie."),
    history: z.string().describe("Where the history lies there, with a slash behind."),
    deployRole: z.string().describe("What workflows deploy as."),
    planRole: z.string().describe("What they plan as before somebody approves."),
    releasesRole: z
      .string()
      .nullable()
      .describe("What the next account reads releases as; null where there is none."),
    previous: previous.nullable().describe("Where releases come from; null where they are built."),
    next: next.nullable().describe("Where releases go to; null at the end."),
    permissionsBoundary: z
      .strictObject({
        name: z.string().describe("The policy's name."),
        arn: z.string().describe("Its ARN."),
      })
      .describe("The policy that no function's role can go beyond."),
    alarmKey: z.string().describe("The alias of the key that alarms' messages are encrypted with."),
    pageTopic: z.string().describe("Where alarms go that wake somebody."),
    alarmTopic: z.string().describe("Where the others go."),
    dashboard: z.string().describe("The dashboard's name."),
    resourcePrefix: z.string().describe("How the names of all that is the service's begin."),
  })
  .meta({ id: "DeploymentPlan", description: "Where Terraform keeps what, and who deploys." });
