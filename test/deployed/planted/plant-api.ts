import { createHash } from "node:crypto";
import { gatewayDocument } from "../../../src/deploy/index.ts";
import type { RoutePlan, ServicePlan } from "../../../src/plan/index.ts";
import type { Account } from "../account.ts";

/**
 * An API, of which nobody can see anything before it is shown.
 *
 * @param id of the one that is replaced. @default a new one
 * @returns its id
 */
export async function importApi(account: Account, plan: ServicePlan, id?: string): Promise<string> {
  const [method, target] =
    id === undefined
      ? ["POST", "/restapis?mode=import"]
      : ["PUT", `/restapis/${id}?mode=overwrite`];
  return (await call(account, method as string, target as string, documentOf(plan))).id;
}

/**
 * Lets the API call the alias of each route's function, and shows it on its stage.
 *
 * @returns its URL, as `lambdakit deploy` prints it
 */
export async function showApi(account: Account, plan: ServicePlan, id: string): Promise<string> {
  const { region, accountId } = account;
  const { api, deployment, functions } = plan;
  const permit = ({ method, path, function: key }: RoutePlan) => {
    const name = functions.find((one) => one.key === key)?.name;
    const source = `arn:aws:execute-api:${region}:${accountId}:${id}/${api.stage}/${method}${path}`;
    const at = `/2015-03-31/functions/${name}/policy?Qualifier=${deployment.alias}`;
    const permission = {
      StatementId: `api-${createHash("sha256").update(`${method} ${path}`).digest("hex").slice(0, 16)}`,
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: source.replace(/\{\w+\+?\}/g, "*"),
    };
    return account.ask("lambda", at, { method: "POST", body: JSON.stringify(permission) });
  };
  await Promise.all(api.routes.map(permit));
  await call(account, "POST", `/restapis/${id}/deployments`, { stageName: api.stage });
  const { requestsPerSecond, burst } = api.throttling;
  await call(account, "PATCH", `/restapis/${id}/stages/${api.stage}`, {
    patchOperations: [
      { op: "replace", path: "/*/*/throttling/rateLimit", value: String(requestsPerSecond) },
      { op: "replace", path: "/*/*/throttling/burstLimit", value: String(burst) },
    ],
  });
  return `https://${id}.execute-api.${region}.amazonaws.com/${api.stage}`;
}

// What comes back is AWS's, and is looked into field by field.
// biome-ignore lint/suspicious/noExplicitAny: see above
async function call(account: Account, method: string, target: string, body: object): Promise<any> {
  const headers = { "Content-Type": "application/json" };
  const init = { method, headers, body: JSON.stringify(body) };
  return (await account.ask("apigateway", target, init)).json();
}

/** The emulator imports no mock integration without these two, as `terraform/emulator` knows. */
function documentOf(plan: ServicePlan): object {
  return JSON.parse(JSON.stringify(gatewayDocument(plan)), (_, value) =>
    Object(value).type === "mock" ? { ...value, httpMethod: "OPTIONS", uri: "" } : value,
  );
}
