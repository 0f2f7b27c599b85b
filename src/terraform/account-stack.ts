import path from "node:path";
import { Bucket } from "../aws/index.ts";
import {
  type AccountVariables,
  accountVariables,
  type RecoveryRegionVariables,
  recoveryRegionVariables,
} from "../deploy/index.ts";
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
export function openAccountStack(options: AccountStackOptions): Promise<StackRun> {
  const variables = accountVariables(options.plan);
  return openWithOthers(options, { name: "account", variables }, "services");
}

/**
 * The same for the region that takes over; null where none does. It has no roles of its own: those of the account
 * are made with {@link openAccountStack}, which copies buckets to those that are made here, and so comes after.
 *
 * @throws {LambdakitError} as `terraformFailure` and `awsError` say
 */
export async function openRecoveryRegionStack(
  options: AccountStackOptions,
): Promise<StackRun | null> {
  const variables = recoveryRegionVariables(options.plan);
  if (variables === null) return null;
  return openWithOthers(options, { name: "recovery-region", variables }, "backup_vaults");
}

/** @param share the variable in which each service has its own; what others have there is known to the state alone, and stays */
async function openWithOthers<Share extends string>(
  options: AccountStackOptions,
  stack: RegionStack & { readonly variables: Readonly<Record<Share, object>> },
  share: Share,
): Promise<StackRun> {
  const ready = await ensureState(options, stack);
  if (ready === "missing") return open(options, { ...stack, state: withoutState });
  const first = await open(options, stack);
  if (ready === "new") return first;
  const own: object = stack.variables[share];
  const { [share]: there = {} } = await first.outputs();
  const all = sorted({ ...(there as object), ...own });
  if (Object.keys(all).length === Object.keys(own).length) return first;
  const variables = { ...stack.variables, [share]: all };
  return open({ ...options, onStep: () => {} }, { ...stack, variables });
}

/** A stack of one region of the account. */
interface RegionStack {
  readonly name: "account" | "recovery-region";
  readonly variables: AccountVariables | RecoveryRegionVariables;
  readonly state?: StatePlace;
}

/** Whether the bucket of the region's states was made now; `missing` where nothing shall be made. */
async function ensureState(
  { planOnly, onStep }: AccountStackOptions,
  { variables }: RegionStack,
): Promise<"new" | "found" | "missing"> {
  const bucket = new Bucket(variables.state_bucket, variables.region);
  if (planOnly && !(await bucket.exists())) return "missing";
  const isNew = await bucket.ensure();
  onStep(isNew ? `made the bucket ${bucket.name}` : `found the bucket ${bucket.name}`);
  return isNew ? "new" : "found";
}

/** Where the state lies; what Terraform has to be told of it. */
interface StatePlace {
  readonly more: Readonly<Record<string, string>>;
  readonly backend: Readonly<Record<string, string>>;
}

const withoutState: StatePlace = { more: {}, backend: {} };

function stateIn({ state_bucket: bucket, region }: RegionStack["variables"]): StatePlace {
  return {
    more: { "state.tf": stateFile(bucket) },
    backend: { bucket, key: accountStateKey(region), region },
  };
}

function open(
  { terraform, directory, plan, interrupted, onStep }: AccountStackOptions,
  { name, variables, state = stateIn(variables) }: RegionStack,
): Promise<StackRun> {
  const { account_id, region } = variables;
  return StackRun.open({
    terraform,
    stack: name,
    folder: path.join(directory, ".lambdakit", "terraform", `account-${account_id}-${region}`),
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
