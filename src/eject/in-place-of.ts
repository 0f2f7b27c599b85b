import type { ServicePlan } from "../plan/index.ts";

/**
 * What is typed in the place of a command of the toolkit, in one environment. In capitals is what only whoever types it knows.
 *
 * @returns by the command's name
 */
export function inPlaceOf(plan: ServicePlan): Readonly<Record<string, string>> {
  const { environment, region, deployment, functions } = plan;
  const { alias, resourcePrefix, dashboard } = deployment;
  const [first] = functions;
  const name = first?.name ?? "FUNCTION";
  const group = first?.logGroup.name ?? "LOG_GROUP";
  const aws = (rest: string) => `aws ${rest} --region ${region}`;
  return {
    alarms: aws(
      `cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix ${resourcePrefix}-`,
    ),
    status: aws(`lambda get-alias --function-name ${name} --name ${alias}`),
    releases: aws(`lambda list-versions-by-function --function-name ${name}`),
    rollback: aws(
      `lambda update-alias --function-name ${name} --name ${alias} --function-version VERSION`,
    ),
    logs: aws(`logs tail ${group} --since 15m --filter-pattern '{ $.level = "ERROR" }'`),
    metrics: aws(`cloudwatch get-dashboard --dashboard-name ${dashboard}`),
    verify: aws(
      `lambda invoke --function-name ${name}:${alias} --payload fileb://EVENT.json /dev/stdout`,
    ),
    plan: `npm run plan -- ${environment}`,
    bootstrap: `terraform -chdir=terraform/stacks/account plan -var-file=../../accounts/${environment}.tfvars.json`,
  };
}
