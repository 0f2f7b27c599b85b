import type { Manifest } from "../manifest/index.ts";
import { secretName, secretVariable } from "../names.ts";
import type { EnvironmentName, SecretPlan, Statement } from "./types.ts";

export function planSecrets(manifest: Manifest, environment: EnvironmentName): SecretPlan[] {
  const { prefix, name: service, functions, secrets, environments } = manifest;
  const { accountId, region } = environments[environment];
  return Object.entries(secrets).map(([key, { description, store }]) => {
    const name = secretName(prefix, service, environment, key);
    return {
      key,
      description,
      store,
      name,
      arn:
        store === "ssm"
          ? `arn:aws:ssm:${region}:${accountId}:parameter${name}`
          : // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html#iam-resources-wildcards (2026-11-27)
            `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-??????`,
      variable: secretVariable(key),
      readers: Object.entries(functions)
        .filter(([, one]) => one.secrets.includes(key))
        .map(([reader]) => reader),
      from: `secrets.${key}`,
    };
  });
}

/**
 * What it takes to read secrets, each alone. A SecureString is decrypted on behalf of whoever reads it, by a key
 * that is not known here: the statement is held to that one parameter, and to Parameter Store asking for it.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html (2026-11-27)
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html (2026-11-27)
 */
export function secretStatements(
  secrets: readonly SecretPlan[],
  { region, accountId, from }: { region: string; accountId: string; from: string },
): Statement[] {
  return secrets.flatMap(({ store, arn }): Statement[] => {
    if (store === "secrets-manager") {
      // AWS's own key for Secrets Manager lets in whoever may read the secret.
      return [
        { actions: ["secretsmanager:GetSecretValue"], resources: [arn], conditions: {}, from },
      ];
    }
    return [
      { actions: ["ssm:GetParameter"], resources: [arn], conditions: {}, from },
      {
        actions: ["kms:Decrypt"],
        resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
        conditions: {
          StringEquals: {
            "kms:EncryptionContext:PARAMETER_ARN": [arn],
            "kms:ViaService": [`ssm.${region}.amazonaws.com`],
          },
        },
        from,
      },
    ];
  });
}
