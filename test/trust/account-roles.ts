/**
 * The roles of the account's stack, as Terraform has made them: applied to an emulator, an account for each
 * environment, and read from the states. Nothing here says what their policies are.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type AccountVariables, accountVariables } from "../../src/deploy/index.ts";
import { startMoto } from "../../src/emulator/start-moto.ts";
import type { PolicyDocument, TrustPolicy } from "../../src/evaluate/index.ts";
import { environmentNames } from "../../src/manifest/index.ts";
import type { EnvironmentName, ServicePlan } from "../../src/plan/index.ts";
import {
  copyTerraform,
  type RunTerraform,
  type TerraformTools,
  terraformIn,
} from "../terraform.ts";
import { keepProviders } from "../terraform-provider.ts";

export interface AccountRole {
  readonly name: string;
  readonly accountId: string;
  readonly environment: EnvironmentName;
  readonly trust: TrustPolicy;
  readonly policy: PolicyDocument;
  readonly boundary: PolicyDocument;
}

/** @param plans of all services, for all environments: what is of one account is made in one apply */
export async function makeAccountRoles(
  plans: readonly ServicePlan[],
  tools: TerraformTools,
): Promise<AccountRole[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-roles-"));
  const providers = keepProviders(tools);
  try {
    await copyTerraform(folder, { emulator: true });
    const terraform = await terraformIn(folder, tools, providers);
    await succeed(terraform, ["init"]);
    const all = environmentNames.map((name) =>
      makeIn(
        folder,
        terraform,
        plans.filter(({ environment }) => environment === name),
      ),
    );
    return (await Promise.all(all)).flat();
  } finally {
    await providers.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeIn(
  folder: string,
  terraform: RunTerraform,
  plans: readonly ServicePlan[],
): Promise<AccountRole[]> {
  const all = plans.map(accountVariables);
  const [first] = all;
  const [plan] = plans;
  if (first === undefined || plan === undefined) throw new Error("no plan");
  const { environment, accountId, region } = plan;
  const services = Object.assign({}, ...all.map((one) => one.services));
  const variables: AccountVariables = { ...first, services };
  const file = path.join(folder, `${environment}.tfvars.json`);
  await writeFile(file, JSON.stringify(variables));
  const state = path.join(folder, `${environment}.tfstate`);
  const moto = await startMoto(region, accountId);
  try {
    // Without the key of alarms, which takes most of the time and is in nobody's way.
    const parts = ["module.deployer", "module.releases_reader"].map((part) => `-target=${part}`);
    const given = [`-state=${state}`, `-var-file=${file}`, "-var=require_tls=false", ...parts];
    await succeed(terraform, ["apply", "-auto-approve", ...given], moto.env);
    const { stdout } = await succeed(terraform, ["show", "-json", state], moto.env);
    return rolesIn(JSON.parse(stdout).values.root_module, { environment, accountId });
  } finally {
    await moto.stop();
  }
}

interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

interface StateResource {
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
}

function rolesIn(
  root: StateModule,
  where: Pick<AccountRole, "environment" | "accountId">,
): AccountRole[] {
  const resources = resourcesIn(root);
  const of = (type: string, key: string, value: string) =>
    resources.filter((one) => one.type === type && one.values[key] === value);
  const managed = (arn: string): PolicyDocument => {
    const [found] = of("aws_iam_policy", "arn", arn);
    return JSON.parse(found?.values.policy ?? "null");
  };
  /** What is within it, and what is attached: together they allow what one would that has all statements. */
  const allOf = (role: string): PolicyDocument => {
    const own = of("aws_iam_role_policy", "role", role).map(({ values }) =>
      JSON.parse(values.policy ?? "null"),
    );
    const attached = of("aws_iam_role_policy_attachment", "role", role).map(({ values }) =>
      managed(values.policy_arn ?? ""),
    );
    const Statement = [...own, ...attached].flatMap((document) => document.Statement);
    return { Version: "2012-10-17", Statement };
  };
  const roles = resources.filter(
    ({ type, values }) => type === "aws_iam_role" && values.permissions_boundary,
  );
  return roles.map(
    ({ values: { name = "", assume_role_policy = "", permissions_boundary = "" } }) => ({
      ...where,
      name,
      trust: JSON.parse(assume_role_policy),
      policy: allOf(name),
      boundary: managed(permissions_boundary),
    }),
  );
}

function resourcesIn({ resources = [], child_modules = [] }: StateModule): StateResource[] {
  return [...resources, ...child_modules.flatMap(resourcesIn)];
}

async function succeed(terraform: RunTerraform, args: readonly string[], env = {}) {
  const [command = "", ...rest] = args;
  const flags = command === "show" ? [] : ["-no-color"];
  const outcome = await terraform("stacks/account", [command, ...flags, ...rest], env);
  if (outcome.exitCode !== 0) throw new Error(`${outcome.stdout.slice(-3_000)}${outcome.stderr}`);
  return outcome;
}
