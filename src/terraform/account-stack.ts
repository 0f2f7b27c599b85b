import path from "node:path";
import { Bucket } from "../aws/index.ts";
import { type AccountVariables, accountVariables } from "../deploy/index.ts";
import { accountStateKey } from "../names.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { TerraformProgram } from "./find-terraform.ts";
import { isEmulated } from "./is-emulated.ts";
import { StackRun } from "./stack-run.ts";

export interface AccountStackOptions {
  readonly terraform: TerraformProgram;
  /** The service's folder. */
  readonly directory: string;
  readonly plan: ServicePlan;
  /** It is only looked what would change: the bucket of the states is not made either. */
  readonly planOnly: boolean;
  readonly interrupted?: AbortSignal | undefined;
  readonly onStep: (what: string) => void;
}

/**
 * Prepares Terraform for what an account needs before its first service. The bucket of the states is made
 * first, so that the state that describes it lies in it from the first moment, and no run that is cut off
 * leaves one that nobody knows of.
 *
 * @throws {LambdakitError} as `terraformFailure` and `awsError` say
 */
export async function openAccountStack(options: AccountStackOptions): Promise<StackRun> {
  const { plan, planOnly, onStep } = options;
  const { stateBucket } = plan.deployment;
  const bucket = new Bucket(stateBucket, plan.region);
  const own = accountVariables(plan);
  if (planOnly && !(await bucket.exists())) return open(options, own, withoutState);
  const isNew = await bucket.ensure();
  onStep(isNew ? `made the bucket ${stateBucket}` : `found the bucket ${stateBucket}`);
  const first = await open(options, own);
  if (isNew) return first;
  // Other services of the account are known to its state alone, and stay.
  const { services = {} } = (await first.outputs()) as Partial<AccountVariables>;
  const all = sorted({ ...services, ...own.services });
  return open({ ...options, onStep: () => {} }, { ...own, services: all });
}

/** Where the state lies; what Terraform has to be told of it. */
interface StatePlace {
  readonly more: Readonly<Record<string, string>>;
  readonly backend: Readonly<Record<string, string>>;
}

const withoutState: StatePlace = { more: {}, backend: {} };

function stateIn({ deployment, region }: ServicePlan): StatePlace {
  const { stateBucket: bucket } = deployment;
  return {
    more: { "state.tf": stateFile(bucket) },
    backend: { bucket, key: accountStateKey(region), region },
  };
}

function open(
  options: AccountStackOptions,
  variables: AccountVariables,
  state = stateIn(options.plan),
): Promise<StackRun> {
  const { terraform, directory, plan, interrupted, onStep } = options;
  const { accountId, region } = plan;
  return StackRun.open({
    terraform,
    stack: "account",
    folder: path.join(directory, ".lambdakit", "terraform", `account-${accountId}-${region}`),
    ...state,
    variables: { account: { ...variables, ...(isEmulated() && { require_tls: false }) } },
    environment: plan.environment,
    interrupted,
    onStep,
  });
}

/** Where the account's own state lies, and that the bucket is there already. */
function stateFile(stateBucket: string): string {
  return `terraform {
  backend "s3" {
    use_lockfile = true
    encrypt      = true
  }
}

import {
  to = module.state_bucket.aws_s3_bucket.this
  id = ${JSON.stringify(stateBucket)}
}
`;
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
