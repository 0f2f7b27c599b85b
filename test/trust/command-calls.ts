/** What the commands call in AWS, by way of `src/aws` and of Terraform, as requests to IAM. */
import type { AccessRequest } from "../../src/evaluate/index.ts";
import { recoveryPrefix, releasePrefix, restoredTableName } from "../../src/names.ts";
import { type ServicePlan, withTableNames } from "../../src/plan/index.ts";
import { honest } from "./role-requests.ts";
import { sdkActions } from "./sdk-actions.ts";
import { terraformCalls } from "./terraform-calls.ts";

export interface CommandCalls {
  /** `plan`, and what `promote --dry-run` and `releases` look at. */
  readonly planning: readonly AccessRequest[];
  /** What `deploy`, `promote`, `rollback` and `verify` do beyond that. */
  readonly changing: readonly AccessRequest[];
  /** What `promote` reads of an environment that releases come from, as the role that is there for it. */
  readonly reading: readonly AccessRequest[];
}

type Call = Exclude<keyof typeof sdkActions, "GetCallerIdentity">;

export function commandCalls(plan: ServicePlan): CommandCalls {
  const { accountId, region, service, environment, functions, deployment } = plan;
  const { stateBucket, stateKey, artifactBucket, history, previous } = deployment;
  const ask = (call: Call, resource: string, more: AccessRequest["context"] = {}) => ({
    action: sdkActions[call],
    resource,
    // Nobody says by themselves that nothing is replaced.
    context: { ...honest(plan), "s3:if-none-match": [], ...more },
  });
  const bucket = (name: string) => `arn:aws:s3:::${name}`;
  const key = (action: string): AccessRequest => ({
    ...ask("GetObject", `arn:aws:kms:${region}:${accountId}:key/a`),
    action,
  });
  const releases = `${releasePrefix(service)}0123456789ab/release.json`;
  const done = `${history}000001/started.json`;
  const switched = `${recoveryPrefix(service, environment)}tables/000001.json`;
  const zip = "artifacts/0123.zip";
  const kept = [releases, done, zip].map((one) => `${bucket(artifactBucket)}/${one}`);
  const state = `${bucket(stateBucket)}/${stateKey}`;
  const list = (prefix: string) =>
    ask("ListObjectsV2", bucket(artifactBucket), { "s3:prefix": prefix });
  const reading = [
    list(releasePrefix(service)),
    list(history),
    ...kept.map((one) => ask("GetObject", one)),
    // Asked before S3 says that a zip is not there.
    ask("HeadBucket", bucket(artifactBucket)),
    key("kms:Decrypt"),
  ];
  const terraform = terraformCalls(plan);
  const afterRestore = terraformCalls(restored(plan));
  return {
    reading,
    planning: [
      ...reading,
      ...(previous === null ? [] : [ask("AssumeRole", previous.releasesRoleArn)]),
      ...functions.flatMap(({ arn }) => [
        ask("GetAlias", arn),
        ask("GetFunctionConfiguration", `${arn}:1`),
      ]),
      ...terraform.reads,
      // Which tables the service has here, and that they may have been restored.
      list(recoveryPrefix(service, environment)),
      ask("GetObject", `${bucket(artifactBucket)}/${switched}`),
      ...afterRestore.reads,
      // Whether secrets have values, of a service that has any.
      ask("DescribeParameters", "*"),
      ask("ListSecrets", "*"),
      // Terraform looks for other workspaces, then reads the state and locks it.
      ask("ListObjectsV2", bucket(stateBucket), { "s3:prefix": "env:/" }),
      ask("HeadObject", state),
      ask("GetObject", `${state}.tflock`),
      ask("PutObject", `${state}.tflock`, { "s3:if-none-match": "*" }),
      { ...ask("PutObject", `${state}.tflock`), action: "s3:DeleteObject" },
      key("kms:GenerateDataKey"),
    ],
    changing: [
      ...kept.map((one) => ask("PutObject", one, { "s3:if-none-match": "*" })),
      ask("PutObject", state),
      ...functions.map(({ arn }) => ask("UpdateAlias", arn)),
      ...terraform.writes,
      // Where the service stands by, that is a copy of the primary's.
      ...(plan.place === "standby"
        ? []
        : [ask("PutObject", `${bucket(artifactBucket)}/${switched}`, { "s3:if-none-match": "*" })]),
      ...afterRestore.writes,
    ],
  };
}

function restored(plan: ServicePlan): ServicePlan {
  const names = plan.tables.map(({ key, name }) => [
    key,
    restoredTableName(name, "2026-11-27T09:15:00.000Z"),
  ]);
  return withTableNames(plan, Object.fromEntries(names));
}

/** What is watched while traffic moves: both kinds of role may look. */
export function watchingCalls(plan: ServicePlan): AccessRequest[] {
  const calls = ["DescribeAlarms", "GetMetricData"] as const;
  return calls.map((call) => ({ action: sdkActions[call], resource: "*", context: honest(plan) }));
}
