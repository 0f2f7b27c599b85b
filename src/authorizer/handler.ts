import type { APIGatewayTokenAuthorizerEvent, Context } from "aws-lambda";
import { environmentVariables } from "../names.ts";
import { createAuthorizer } from "./authorize.ts";
import { fetchKeys } from "./fetch-keys.ts";
import { createKeyStore } from "./key-store.ts";
import { readSettings } from "./settings.ts";

const settings = readSettings(process.env);
let invocation: Context | undefined;

const keys = createKeyStore({
  fetch: () => fetchKeys(settings.jwksUri),
  now: Date.now,
  onStale: (error) => log("WARN", { message: "the issuer's keys are old", error: String(error) }),
});

// Initialising has a whole processor, and no caller waits for it. Where the issuer does not answer now, the
// first request asks again.
await keys.prepare();

const authorize = createAuthorizer(settings, { keyFor: keys.keyFor, now: Date.now, log });

/** What Lambda calls. */
export async function handler(event: APIGatewayTokenAuthorizerEvent, context: Context) {
  invocation = context;
  return authorize(event);
}

/** In the field names of the functions' own lines, so that one search finds both. */
function log(level: string, { message, ...fields }: Readonly<Record<string, unknown>>): void {
  const line = {
    level,
    message,
    timestamp: new Date().toISOString(),
    service: process.env[environmentVariables.serviceName],
    environment: process.env[environmentVariables.environment],
    function_name: process.env.AWS_LAMBDA_FUNCTION_NAME,
    function_arn: invocation?.invokedFunctionArn,
    function_request_id: invocation?.awsRequestId,
    ...fields,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
