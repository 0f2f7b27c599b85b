/** A service that pays: one function reads a secret of each store, another reads none. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { validateManifest } from "../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../src/plan/index.ts";
import { type Files, folderOf, serviceSource } from "./served-service.ts";

const secrets = {
  paymentKey: { description: "The payment provider's key" },
  taxToken: { description: "The tax office's token", store: "secrets-manager" },
};

const functions = {
  pay: { routes: ["GET /pay"], auth: "none", secrets: ["paymentKey", "taxToken"] },
  other: { routes: ["GET /other"], auth: "none" },
};

const handler = `
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { createSecrets, httpHandler, ok } from "lambdakit/runtime";

const ssm = new SSMClient();
const manager = new SecretsManagerClient();
const names = { payment: "/acme/trial/dev/payment-key", tax: "/acme/trial/dev/tax-token" };
const readParameter = async (name: string, WithDecryption = true) =>
  (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption }))).Parameter?.Value;
const readSecret = async (name: string) =>
  (await manager.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
const parameters = createSecrets({ read: readParameter });
const managed = createSecrets({ read: readSecret });

/** What is asked for is in the query. The values are in the answer, and the handler tries to log them. */
export const handler = httpHandler(async ({ log, query }) => {
  const asked = query.ask ?? "declared";
  try {
    const values =
      asked === "declared"
        ? [await parameters.get("paymentKey"), await managed.get("taxToken")]
        : asked === "named"
          ? [await readParameter(names.payment), await readSecret(names.tax)]
          : [await readParameter(names.payment, false)];
    log.info("paid with " + values.join(" and "), { values, variables: { ...process.env } });
    return ok({ values, variables: process.env.SECRET_PAYMENT_KEY ?? null });
  } catch (error) {
    const { name, message, cause } = error as Error;
    return ok({ name, message, cause: String(cause) });
  }
});
`;

/** Here they are for development: the toolkit has them built in. */
const dependencies = {
  "@aws-sdk/client-secrets-manager": "3.1164.0",
  "@aws-sdk/client-ssm": "3.1164.0",
};

const files: Files = {
  "package.json": JSON.stringify({ name: "trial", private: true, type: "module", dependencies }),
  "service.ts": serviceSource(functions, { secrets }),
  "pay.ts": handler,
  "other.ts": handler,
};

/** Its folder, where the packages of this repository are found. Whoever asks for it deletes it. */
export function payingFolder(): Promise<string> {
  const home = fileURLToPath(new URL("../services/product/.lambdakit/", import.meta.url));
  return folderOf(files, path.join(home, "paying"));
}

export function payingPlan(environment: EnvironmentName = "dev"): ServicePlan {
  const source = serviceSource(functions, { secrets });
  const definition: unknown = JSON.parse(/defineService\((.*)\);/.exec(source)?.[1] ?? "");
  const validation = validateManifest(definition);
  if (validation.ok) return planService(validation.manifest, environment);
  throw new Error(JSON.stringify(validation.problems, null, 2));
}
