import type { ServicePlan } from "../plan/index.ts";
import { inPlaceOf } from "./in-place-of.ts";

/** What a service does not have any more, and what does it instead: as Markdown, with commands for one environment. */
export function instead(plan: ServicePlan): string {
  const { region, deployment, tables, secrets } = plan;
  const commands = inPlaceOf(plan);
  const table = tables[0]?.name ?? "TABLE";
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    [
      "Going back",
      "leads callers to a version that was live; `npm run deploy` prints these for what it has moved",
      commands.rollback,
    ],
    ["What is live", "the version that callers get", commands.status],
    ["Versions", "each with the digest of its zip, `CodeSha256`", commands.releases],
    [
      "A share of the requests first (canary)",
      "gives a version a tenth; watch the alarms, then go all the way or back",
      `aws lambda update-alias --region ${region} --function-name FUNCTION --name ${deployment.alias} --routing-config 'AdditionalVersionWeights={VERSION=0.1}'`,
    ],
    ["Alarms", "those that fire", commands.alarms],
    ["Logs", "errors of one function", commands.logs],
    ["Metrics", "the dashboard, which CloudWatch's console shows", commands.metrics],
    [
      "Verification",
      "asks a function that is live with an event of yours; `smokeChecks` ask the API",
      commands.verify,
    ],
    [
      "Restore of a table",
      "makes a new table of a moment; then write its name into `terraform/environments`, `terraform import` it, and set point-in-time recovery, time to live and protection with an apply. Deploy nothing before: an apply makes an empty table",
      `aws dynamodb restore-table-to-point-in-time --region ${region} --source-table-name ${table} --target-table-name ${table}-restored --use-latest-restorable-time`,
    ],
    [
      "Backups",
      "lists those of the backup plan, which goes on as Terraform says",
      `aws backup list-recovery-points-by-resource --region ${region} --resource-arn ${tables[0]?.arn ?? "TABLE_ARN"}`,
    ],
    [
      "Drills",
      "do the restore above in dev once a quarter, and write down how long it took and what was lost",
      undefined,
    ],
    [
      "Audit",
      "GitHub's secret scanning and branch rules, IAM Access Analyzer, and what npm knows of packages",
      "npm audit",
    ],
    [
      "A lock that was left behind",
      "takes it away, where nobody is at work",
      `cd terraform/stacks/service && TF_DATA_DIR=.terraform/${plan.environment} terraform force-unlock ID`,
    ],
    [
      "Cost",
      "what it has cost, by service of AWS",
      `aws ce get-cost-and-usage --time-period Start=FROM,End=TO --granularity MONTHLY --metrics UnblendedCost --group-by Type=DIMENSION,Key=SERVICE`,
    ],
    ...(secrets.length === 0
      ? []
      : [
          [
            "Secrets",
            "gives one its value",
            secrets[0]?.store === "secrets-manager"
              ? `aws secretsmanager put-secret-value --region ${region} --secret-id ${secrets[0].name} --secret-string file://VALUE`
              : `aws ssm put-parameter --region ${region} --name ${secrets[0]?.name} --type SecureString --overwrite --value file://VALUE`,
          ] as const,
        ]),
    ...(plan.recovery.standby === null
      ? []
      : [
          [
            "The region that stands by",
            "is deployed to as an environment of its own; callers are led there in Route 53",
            `npm run deploy -- ${plan.environment}-standby --confirm ${plan.environment}-standby`,
          ] as const,
        ]),
  ];
  return rows
    .map(([what, how, command]) => {
      const typed = command === undefined ? "" : `\n\n\`\`\`sh\n${command}\n\`\`\``;
      return `**${what}**: ${how}.${typed}`;
    })
    .join("\n\n");
}
