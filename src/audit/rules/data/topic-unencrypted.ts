import type { Rule } from "../../rule.ts";
import { addressOf, ownTerraform, resources } from "../../terraform/own-terraform.ts";

export const topicUnencrypted: Rule = {
  id: "topic-unencrypted",
  severity: "low",
  means: "a topic's messages are not encrypted where they lie",
  why: "An alarm says what is wrong with a system, and where.",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-1",
  checks: {
    files: (facts, subject) =>
      resources(ownTerraform(facts, subject), "aws_sns_topic")
        .filter(({ attributes }) => !attributes.has("kms_master_key_id"))
        .map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: `${addressOf(block)} has no kms_master_key_id`,
          fix: "write kms_master_key_id, with a key that CloudWatch may use",
        })),
  },
};
