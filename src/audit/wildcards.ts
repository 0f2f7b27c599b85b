import type { PolicyStatement } from "../evaluate/index.ts";

/**
 * Actions that no statement can hold to a resource, as far as functions and deploy roles of lambdakit use them.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html (2026-11-27)
 */
const withoutResource =
  /^(?:xray:Put\w+|xray:GetSampling\w+|cloudwatch:(?:PutMetricData|GetMetricData|DescribeAlarms|ListMetrics|PutCompositeAlarm)|logs:DescribeLogGroups|sts:GetCallerIdentity|ec2:Describe\w+|ecr:GetAuthorizationToken|iam:List(?:Roles|Policies)|s3:ListAllMyBuckets|lambda:ListFunctions|dynamodb:ListTables|secretsmanager:ListSecrets|ssm:DescribeParameters|kms:(?:ListKeys|ListAliases|CreateKey))$/;

/** What of a statement is everything of something, in words; nothing where it denies. */
export function wildcardsOf({
  Effect,
  Action,
  NotAction,
  Resource,
  NotResource,
}: PolicyStatement): string[] {
  if (Effect !== "Allow") return [];
  const actions = listOf(Action);
  const wide = actions.filter((action) => /^(?:\*|[\w-]+:\*)$/.test(action));
  const isAnywhere = NotResource !== undefined || listOf(Resource).includes("*");
  const bound = actions.filter((action) => !wide.includes(action) && !withoutResource.test(action));
  return [
    ...(NotAction === undefined ? [] : ["everything but what NotAction names"]),
    ...wide.map((action) =>
      action === "*" ? "every action" : `every action of ${action.slice(0, -2)}`,
    ),
    ...(isAnywhere && bound.length > 0 ? [`${bound.join(", ")} on every resource`] : []),
  ];
}

/** One or many of anything. */
export function listOf<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Value];
}
