import { authorizerKey } from "../../../src/names.ts";
import { zip } from "../../../src/package/zip/zip.ts";
import type { ServicePlan } from "../../../src/plan/index.ts";

/**
 * A zip that is made at once, for tests that do not care what a function does.
 *
 * @param result what it answers, as an expression of JavaScript in which `event` is known
 */
export function tinyZip(result = `{ statusCode: 200, body: "" }`): Uint8Array {
  const source = `export const handler = async (event) => (${result});\n`;
  return zip({ "index.mjs": Buffer.from(source) });
}

/** An authorizer that lets the token `a.b.c` do everything, `a.b.none` nothing, and knows no other. */
export const tinyAuthorizer = tinyZip(`
  event.authorizationToken === "Bearer a.b.c" || event.authorizationToken === "Bearer a.b.none"
    ? {
        principalId: "somebody",
        policyDocument: {
          Version: "2012-10-17",
          Statement: [{
            Effect: event.authorizationToken === "Bearer a.b.c" ? "Allow" : "Deny",
            Action: "execute-api:Invoke",
            Resource: event.methodArn.split("/", 2).join("/") + "/*",
          }],
        },
        context: { sub: "somebody", version: process.env.AWS_LAMBDA_FUNCTION_VERSION },
      }
    : await Promise.reject(new Error("Unauthorized"))
`);

/** The same zip for each function of a plan, as `plantService` takes them, but for the authorizer. */
export function tinyFunctions({ functions }: ServicePlan, result?: string) {
  const zip = tinyZip(result);
  return {
    functions: Object.fromEntries(
      functions.map(({ key }) => [key, { zip: key === authorizerKey ? tinyAuthorizer : zip }]),
    ),
  };
}
