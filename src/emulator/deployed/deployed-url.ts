import type { ApiPlan } from "../../plan/index.ts";
import type { Account } from "./account.ts";

/**
 * Where an API is deployed, as a deployment prints it.
 *
 * @throws {Error} where the account has no API of this name
 */
export async function findDeployedUrl(
  { accountId, region, json }: Account,
  { name, stage }: Pick<ApiPlan, "name" | "stage">,
): Promise<string> {
  const { item = [] } = await json("apigateway", "/restapis");
  const found = item.find((api: { readonly name: string }) => api.name === name);
  if (found === undefined) throw new Error(`The account ${accountId} has no API ${name}.`);
  return `https://${found.id}.execute-api.${region}.amazonaws.com/${stage}`;
}
