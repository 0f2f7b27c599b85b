/** What the account's roles ask for: what their own policies say, and what none of them may do. */

import { accountVariables } from "../../src/deploy/index.ts";
import {
  type AccessRequest,
  type PolicyDocument,
  type PolicyStatement,
  preparePolicies,
} from "../../src/evaluate/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import type { AccountRole } from "./account-roles.ts";

type Context = AccessRequest["context"];

/** Whether the role may do something, by its policy and its boundary. */
export function rights({ policy, boundary }: Pick<AccountRole, "policy" | "boundary">) {
  const decide = preparePolicies([policy], { boundaries: [boundary] });
  return (request: AccessRequest) => decide(request).effect === "allowed";
}

/** Each action of a policy with each of its resources, where everything is as its conditions ask. */
export function requestsOf(
  { policy }: Pick<AccountRole, "policy">,
  context: Context,
): AccessRequest[] {
  return statementsOf(policy).flatMap(({ Action = [], Resource = [] }) =>
    [Action].flat().flatMap((action) =>
      [Resource].flat().map((resource) => ({
        action: action.replace("*", "One"),
        resource: resource === "*" ? resource : resource.replaceAll("*", "one"),
        context,
      })),
    ),
  );
}

/** What deploying says of itself: which region, which boundary, by way of what, and that it replaces nothing. */
export function honest({ region, deployment }: ServicePlan): Context {
  return {
    "aws:RequestedRegion": region,
    "iam:PermissionsBoundary": deployment.permissionsBoundary.arn,
    "iam:PassedToService": "lambda.amazonaws.com",
    "iam:AWSServiceName": "replication.dynamodb.amazonaws.com",
    // DynamoDB itself, where it makes a replica on behalf of whoever deploys.
    "aws:ViaAWSService": "true",
    "kms:ViaService": `s3.${region}.amazonaws.com`,
    "s3:if-none-match": "*",
  };
}

/** AWS's own word for what changes nothing, and shows no item. */
export function isReading(action: string): boolean {
  return /^[a-z0-9]+:(Get|List|Describe|GET$)/.test(action) && action !== "dynamodb:GetItem";
}

export const allowAll: PolicyDocument = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
};

export interface WrongRequest extends AccessRequest {
  /** Not even with a policy that allows everything. */
  readonly isNever: boolean;
}

/** What none of a service's roles may do. */
export function wrongRequests(plan: ServicePlan): WrongRequest[] {
  const { accountId, region, environment, service, tables, deployment } = plan;
  const { artifactBucket, stateBucket, deployRole, planRole, previous } = deployment;
  const iam = `arn:aws:iam::${accountId}`;
  const role = (name: string) => `${iam}:role/${name}`;
  const lambda = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  const stored = (key: string) => `arn:aws:s3:::${artifactBucket}/${key}`;
  const state = (key: string) => `arn:aws:s3:::${stateBucket}/${key}`;
  const table = tables[0]?.arn ?? "";
  const ours = role(`bbws-${service}-list-${environment}`);
  const admin = `arn:aws:iam::aws:policy/AdministratorAccess`;
  const ask =
    (isNever: boolean) =>
    (action: string, resource: string, changes: Context = {}) => ({
      action,
      resource,
      context: { ...honest(plan), "aws:ViaAWSService": "false", ...changes },
      isNever,
    });
  const never = ask(true);
  const notOurs = ask(false);
  const replacing = { "s3:if-none-match": [] };
  const accountRoles = [deployRole, planRole, `bbws-releases-${service}-${environment}`];
  const records = [
    `releases/${service}/r1`,
    `deployments/${service}/${environment}/1`,
    "artifacts/a.zip",
  ];
  const others = ["dev", "sit", "prod"].filter((one) => one !== environment);
  return [
    // To become more powerful.
    ...accountRoles.flatMap((name) => [
      never("iam:PutRolePolicy", role(name)),
      never("iam:UpdateAssumeRolePolicy", role(name)),
      never("iam:PutRolePermissionsBoundary", role(name)),
      never("iam:DeleteRole", role(name)),
      never("iam:CreateRole", role(name)),
      never("iam:PassRole", role(name)),
    ]),
    never("iam:CreateRole", ours, { "iam:PermissionsBoundary": [] }),
    never("iam:CreateRole", ours, { "iam:PermissionsBoundary": admin }),
    never("iam:PutRolePermissionsBoundary", ours, { "iam:PermissionsBoundary": admin }),
    never("iam:DeleteRolePermissionsBoundary", ours),
    never("iam:AttachRolePolicy", ours),
    never("iam:CreateRole", role("admin")),
    never("iam:PutRolePolicy", role("admin")),
    never("iam:PassRole", role("admin")),
    never("iam:PassRole", ours, { "iam:PassedToService": "ec2.amazonaws.com" }),
    never("iam:PassRole", ours, { "iam:PassedToService": [] }),
    never("iam:CreatePolicyVersion", deployment.permissionsBoundary.arn),
    never("iam:CreatePolicyVersion", `${iam}:policy/bbws-deploy-boundary`),
    never("iam:DeletePolicy", `${iam}:policy/bbws-read-boundary`),
    never("iam:CreateUser", `${iam}:user/eve`),
    never("iam:UpdateOpenIDConnectProviderThumbprint", `${iam}:oidc-provider/gitlab.com`),
    never("sts:AssumeRole", role("admin")),
    never("sts:AssumeRole", role(deployRole)),
    ...["dev", "sit"]
      .filter((one) => one !== previous?.environment)
      .map((one) => notOurs("sts:AssumeRole", role(`bbws-releases-${service}-${one}`))),
    notOurs(
      "sts:AssumeRole",
      (previous?.releasesRoleArn ?? role("bbws-releases-x-dev")).replace(service, "stock"),
    ),
    // To change what was recorded.
    ...records.flatMap((key) => [
      never("s3:PutObject", stored(key), replacing),
      never("s3:DeleteObject", stored(key)),
      never("s3:DeleteObjectVersion", stored(key)),
    ]),
    never("s3:PutBucketVersioning", `arn:aws:s3:::${artifactBucket}`),
    never("s3:PutBucketPolicy", `arn:aws:s3:::${artifactBucket}`),
    never("s3:PutLifecycleConfiguration", `arn:aws:s3:::${artifactBucket}`),
    // What is another service's, or another environment's.
    ...[
      `releases/stock/r1`,
      `deployments/stock/${environment}/1`,
      `deployments/${service}-2/${environment}/1`,
      "other",
    ]
      .concat(others.map((other) => `deployments/${service}/${other}/1`))
      .flatMap((key) => [
        notOurs("s3:PutObject", stored(key)),
        notOurs("s3:GetObject", stored(key)),
      ]),
    notOurs("s3:ListBucket", `arn:aws:s3:::${artifactBucket}`, { "s3:prefix": "releases/stock/" }),
    notOurs("s3:ListBucket", `arn:aws:s3:::${artifactBucket}`, { "s3:prefix": "releases/" }),
    ...[`services/stock/${environment}.tfstate`, "account/eu-west-1.tfstate"].flatMap((key) => [
      notOurs("s3:GetObject", state(key)),
      notOurs("s3:PutObject", state(key)),
      notOurs("s3:PutObject", state(`${key}.tflock`)),
    ]),
    notOurs("lambda:UpdateAlias", `${lambda(`bbws-stock-list-${environment}`)}:live`),
    notOurs("lambda:UpdateFunctionCode", lambda(`bbws-stock-list-${environment}`)),
    notOurs("lambda:InvokeFunction", lambda(`bbws-${service}-list-${environment}`)),
    never(
      "lambda:UpdateAlias",
      `${lambda(`bbws-${service}-list-${environment}`)}:live`.replace(region, "eu-west-2"),
      {
        "aws:RequestedRegion": "eu-west-2",
      },
    ),
    // Who may take on a function's role is stated when it is made, and stays so.
    notOurs("iam:UpdateAssumeRolePolicy", ours),
    notOurs("iam:PassRole", role(`bbws-stock-list-${environment}`)),
    notOurs("dynamodb:DeleteTable", table.replace(/[^/]*$/, "stock")),
    notOurs(
      "cloudwatch:PutMetricAlarm",
      `arn:aws:cloudwatch:${region}:${accountId}:alarm:bbws-stock-x`,
    ),
    notOurs(
      "sns:Subscribe",
      `arn:aws:sns:${region}:${accountId}:bbws-stock-lambda-pages-${environment}`,
    ),
    notOurs("sns:Publish", `arn:aws:sns:${region}:${accountId}:${deployment.alarmTopic}`),
    // Data, and keys.
    ...["GetItem", "PutItem", "Query", "Scan"].map((one) => never(`dynamodb:${one}`, table)),
    never("dynamodb:ExportTableToPointInTime", table),
    ...wrongWhereItStandsBy(plan).map(({ isNever, action, resource, changes = {} }) =>
      ask(isNever)(action, resource, changes),
    ),
    never("kms:Decrypt", `arn:aws:kms:${region}:${accountId}:key/a`, { "kms:ViaService": [] }),
    never("kms:PutKeyPolicy", `arn:aws:kms:${region}:${accountId}:key/a`),
    never(
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${region}:${accountId}:secret:a`,
    ),
    never("ec2:RunInstances", "*"),
  ];
}

interface WrongThere {
  readonly isNever: boolean;
  readonly action: string;
  readonly resource: string;
  readonly changes?: Context;
}

/** The same of the region that takes over: neither its items, nor its records, nor what is copied there. */
function wrongWhereItStandsBy(plan: ServicePlan): WrongThere[] {
  const [place] = Object.values(accountVariables(plan).services);
  const standby = place?.standby ?? null;
  if (standby === null) return [];
  const { accountId, service, environment, tables } = plan;
  const never = { isNever: true };
  const notOurs = { isNever: false };
  const replica = `arn:aws:dynamodb:${standby.region}:${accountId}:table/${tables[0]?.name}`;
  const stored = (key: string) => `arn:aws:s3:::${standby.artifact_bucket}/${key}`;
  const copiedState = `arn:aws:s3:::${standby.state_bucket}/services/${service}/${environment}.tfstate`;
  const linked = `arn:aws:iam::${accountId}:role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication`;
  return [
    ...["GetItem", "PutItem", "Query", "Scan"].map((one) => ({
      ...never,
      action: `dynamodb:${one}`,
      resource: replica,
    })),
    {
      ...notOurs,
      action: "dynamodb:DeleteTableReplica",
      resource: replica.replace(/[^/]*$/, "stock"),
    },
    {
      ...notOurs,
      action: "iam:CreateServiceLinkedRole",
      resource: linked,
      changes: { "iam:AWSServiceName": "lex.amazonaws.com" },
    },
    ...["artifacts/a.zip", `${standby.deployments}1`, `releases/${service}/r1`].flatMap((key) => [
      {
        ...never,
        action: "s3:PutObject",
        resource: stored(key),
        changes: { "s3:if-none-match": [] },
      },
      { ...never, action: "s3:DeleteObject", resource: stored(key) },
    ]),
    { ...notOurs, action: "s3:PutObject", resource: copiedState },
    { ...notOurs, action: "s3:PutObject", resource: stored(`deployments/stock/${environment}/1`) },
  ];
}

/** The policy without one of the statements that it denies by, for each of them. */
export function withoutDenials(policy: PolicyDocument): PolicyDocument[] {
  const all = statementsOf(policy);
  return all
    .filter(({ Effect }) => Effect === "Deny")
    .map((denial) => ({ ...policy, Statement: all.filter((one) => one !== denial) }));
}

/** The policy without the conditions of one of its statements, for each that has some. */
export function withoutConditions(policy: PolicyDocument): PolicyDocument[] {
  const all = statementsOf(policy);
  return all
    .filter(({ Condition }) => Condition !== undefined)
    .map((conditional) => ({
      ...policy,
      Statement: all.map((one) => (one === conditional ? { ...one, Condition: {} } : one)),
    }));
}

function statementsOf({ Statement }: PolicyDocument): PolicyStatement[] {
  return [Statement].flat() as PolicyStatement[];
}
