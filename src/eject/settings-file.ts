import { authorizerEntry } from "../names.ts";
import type { ServicePlan } from "../plan/index.ts";
import { vendoredAuthorizer } from "./vendored.ts";

/**
 * `scripts/settings.js`: what build and deploy have to know of the service, and Terraform has not.
 *
 * @param plans of dev, sit and prod
 */
export function settingsFile(plans: readonly ServicePlan[]): string {
  const [dev] = plans;
  if (dev === undefined) throw new TypeError("there is no plan");
  const runtimes = dev.functions.map(({ runtime }) => runtime).sort();
  const functions = [...dev.functions]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(
      ({ key, entry }) => [key, entry === authorizerEntry ? vendoredAuthorizer : entry] as const,
    );
  const before = plans.slice(1).map(({ environment }, position) => {
    return [environment, plans[position]?.environment ?? ""] as const;
  });
  return [
    "/** What build and deploy have to know of the service, and Terraform has not. */",
    "",
    "/** The source file of each function, by its key in terraform/environments. */",
    `export const functions = ${objectText(functions)};`,
    "",
    "/** What esbuild calls the syntax of the functions' runtime. */",
    `export const target = ${JSON.stringify(runtimes[0]?.replace(/^nodejs(\d+)\.x$/, "node$1"))};`,
    "",
    "/** What a GET of each path has to answer after a deployment. Asked without a token. */",
    `export const smokeChecks = ${objectText(smokeChecks(dev))};`,
    "",
    "/** The environment that has to prove the zips before. One without any builds them itself, and is not confirmed. */",
    `export const before = ${objectText(before)};`,
    "",
  ].join("\n");
}

/** Without path parameters, an answer depends on no item. Where nobody is let in, that is the right one. */
function smokeChecks({ api }: ServicePlan): (readonly [string, number])[] {
  return api.routes
    .filter(({ method, path, example }) => {
      return method === "GET" && !path.includes("{") && Object.keys(example.query).length === 0;
    })
    .map(({ path, auth }): [string, number] => [
      path,
      { none: 200, jwt: 401, iam: 403 }[auth.type],
    ]);
}

/** Each key on a line of its own, which the formatter leaves as it is. */
function objectText(entries: readonly (readonly [string, string | number])[]): string {
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    return `  ${name}: ${JSON.stringify(value)},\n`;
  });
  return `{\n${lines.join("")}}`;
}
