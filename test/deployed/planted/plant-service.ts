import { type Account, enterAccount } from "../../../src/emulator/deployed/account.ts";
import type { Moto } from "../../../src/emulator/start-moto.ts";
import type { FunctionPlan, ServicePlan } from "../../../src/plan/index.ts";
import { plantAlarms } from "./plant-alarms.ts";
import { importApi, showApi } from "./plant-api.ts";
import { plantBucket, uploadZip } from "./plant-bucket.ts";
import { plantFunction, plantRole } from "./plant-function.ts";
import { plantTable } from "./plant-table.ts";

export interface PlantedService {
  readonly account: Account;
  readonly plan: ServicePlan;
  /** In the form that `lambdakit deploy` prints it; it is `serveLive` that can be asked. */
  readonly url: string;
}

export interface Plantation {
  /** The zip of each function, by its key. */
  readonly functions: Readonly<Record<string, { readonly zip: Uint8Array }>>;
}

/**
 * Makes in the emulator what a first deploy leaves behind, by the calls of AWS and without Terraform, in
 * a second instead of twenty: roles, version 1 of the functions behind the alias, tables, the API,
 * alarms, the artifact bucket. It has no state of Terraform, no log groups, no topic, no boundary.
 */
export async function plantService(
  moto: Moto,
  plan: ServicePlan,
  { functions }: Plantation,
): Promise<PlantedService> {
  const account = await enterAccount(moto, plan.accountId, plan.region);
  const { artifactBucket, alias } = plan.deployment;
  // The emulator loads a service's part of itself at the first call to it: all of them at once.
  const bucket = plantBucket(account, artifactBucket);
  const plant = async (lambda: FunctionPlan) => {
    const zip = functions[lambda.key]?.zip;
    if (zip === undefined) throw new Error(`There is no zip for ${lambda.key}.`);
    await Promise.all([bucket, plantRole(account, lambda.role)]);
    const code = await uploadZip(account, artifactBucket, zip);
    await plantFunction(account, lambda, code, alias);
  };
  const [api] = await Promise.all([
    importApi(account, plan),
    ...plan.functions.map(plant),
    ...plan.tables.map((table) => plantTable(account, table)),
    plantAlarms(account, plan.alarms),
  ]);
  return { account, plan, url: await showApi(account, plan, api) };
}
