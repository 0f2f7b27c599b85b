import type { Rule } from "../../rule.ts";
import { addressOf, ownTerraform, resources } from "../../terraform/own-terraform.ts";

export const publicFunction: Rule = {
  id: "public-function",
  severity: "critical",
  means: "a function can be called past its API",
  why: "Whoever does so passes the API's checks, its limits and its log.",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
  checks: {
    files: (facts, subject) => {
      const blocks = ownTerraform(facts, subject);
      const urls = resources(blocks, "aws_lambda_function_url")
        .filter(({ attributes }) => attributes.get("authorization_type")?.text === '"NONE"')
        .map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: `${addressOf(block)} has authorization_type = "NONE"`,
          fix: 'write authorization_type = "AWS_IAM", or remove it',
        }));
      const permissions = resources(blocks, "aws_lambda_permission").filter(({ attributes }) => {
        const principal = attributes.get("principal")?.text ?? "";
        const isBound = ["source_arn", "source_account", "principal_org_id"].some((name) =>
          attributes.has(name),
        );
        return principal === '"*"' || (/^"[\w-]+\.amazonaws\.com"$/.test(principal) && !isBound);
      });
      return [
        ...urls,
        ...permissions.map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: `${addressOf(block)} lets ${block.attributes.get("principal")?.text.replaceAll('"', "")} call it, of every account`,
          fix: "write source_arn, with the ARN of what may call it",
        })),
      ];
    },
  },
};
