import type { Rule } from "../../rule.ts";
import {
  addressOf,
  ownTerraform,
  resources,
  withAttribute,
} from "../../terraform/own-terraform.ts";
import { unlessUnread } from "../../unread.ts";

/** What AWS's own rule asks for is a year; what a service needs to explain yesterday's mistake is a month. */
const usualDays = 30;

export const logRetention: Rule = {
  id: "log-retention",
  severity: "medium",
  means: "log lines are kept for ever",
  why: "What was logged by mistake, a customer's data for one, never goes away, and costs more every month.",
  source:
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  checks: {
    files: (facts, subject) =>
      resources(ownTerraform(facts, subject), "aws_cloudwatch_log_group")
        .filter(({ attributes }) =>
          ["0", undefined].includes(attributes.get("retention_in_days")?.text),
        )
        .map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: `${addressOf(block)} has no retention_in_days`,
          fix: `write retention_in_days = ${usualDays}`,
          edits: withAttribute(block, "retention_in_days", String(usualDays)),
        })),
    account: ({ logGroups: all }, { environment }) =>
      unlessUnread(all, (logGroups) =>
        logGroups
          .filter(({ retentionDays }) => retentionDays === null)
          .map(({ arn, name }) => ({
            place: { resource: arn },
            evidence: `${name} keeps its lines for ever`,
            fix: `aws logs put-retention-policy --log-group-name ${name} --retention-in-days ${usualDays}; where it is the service's, lambdakit deploy --env ${environment}`,
          })),
      ),
  },
};
