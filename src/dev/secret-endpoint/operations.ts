import { randomBytes } from "node:crypto";
import type { AccessRequest } from "../../evaluate/index.ts";
import type { SecretPlan, SecretStore, ServicePlan } from "../../plan/index.ts";
import { SecretApiError } from "./answers.ts";

/** A call that reads a secret, as far as it can be known before anybody is asked whether it may. */
export interface SecretRead {
  readonly store: SecretStore;
  /** As the caller writes it. */
  readonly name: string;
  /** Undefined where the manifest has no such secret. */
  readonly secret: SecretPlan | undefined;
  /** What the caller has to be allowed. */
  readonly requests: readonly AccessRequest[];
  /** AWS's answer. */
  answer(value: string): unknown;
  /** AWS's answer where there is no value. */
  readonly missing: SecretApiError;
}

type Plan = Pick<ServicePlan, "accountId" | "region" | "secrets">;

/**
 * Reads a call of Parameter Store or Secrets Manager: those two that read one value.
 *
 * @param target the header `x-amz-target`
 * @throws {SecretApiError} for any other call
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html (2026-11-27)
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html (2026-11-27)
 */
export function readCall(
  target: string,
  input: Readonly<Record<string, unknown>>,
  plan: Plan,
): SecretRead {
  if (target === "AmazonSSM.GetParameter") {
    return parameterRead(String(input.Name ?? ""), input.WithDecryption === true, plan);
  }
  if (target === "secretsmanager.GetSecretValue") {
    return managedRead(String(input.SecretId ?? ""), plan);
  }
  throw new SecretApiError(
    "UnknownOperationException",
    `lambdakit dev answers AmazonSSM.GetParameter and secretsmanager.GetSecretValue, not ${target}.`,
  );
}

function parameterRead(written: string, decrypts: boolean, plan: Plan): SecretRead {
  const { region, accountId, secrets } = plan;
  const prefix = `arn:aws:ssm:${region}:${accountId}:parameter`;
  const name = written.startsWith(prefix) ? written.slice(prefix.length) : written;
  const arn = `${prefix}${name.startsWith("/") ? "" : "/"}${name}`;
  const context = {
    "kms:EncryptionContext:PARAMETER_ARN": arn,
    "kms:ViaService": `ssm.${region}.amazonaws.com`,
  };
  const key = `arn:aws:kms:${region}:${accountId}:key/local`;
  return {
    store: "ssm",
    name,
    secret: secrets.find((one) => one.store === "ssm" && one.name === name),
    requests: [
      { action: "ssm:GetParameter", resource: arn, context: {} },
      ...(decrypts ? [{ action: "kms:Decrypt", resource: key, context }] : []),
    ],
    answer: (value) => ({
      Parameter: {
        ARN: arn,
        Name: name,
        Type: "SecureString",
        // Whoever does not ask for it to be decrypted gets it encrypted.
        Value: decrypts ? value : randomBytes(96).toString("base64"),
        DataType: "text",
        Version: 1,
      },
    }),
    missing: new SecretApiError("ParameterNotFound", ""),
  };
}

/** AWS adds six characters to the names of secrets, which nobody can know before. */
const suffix = "-l0ca1K";

function managedRead(written: string, { region, accountId, secrets }: Plan): SecretRead {
  const prefix = `arn:aws:secretsmanager:${region}:${accountId}:secret:`;
  const name = written.startsWith(prefix)
    ? written.slice(prefix.length).replace(new RegExp(`${suffix}$`), "")
    : written;
  const arn = `${prefix}${name}${suffix}`;
  return {
    store: "secrets-manager",
    name,
    secret: secrets.find((one) => one.store === "secrets-manager" && one.name === name),
    requests: [{ action: "secretsmanager:GetSecretValue", resource: arn, context: {} }],
    answer: (value) => ({
      ARN: arn,
      Name: name,
      SecretString: value,
      VersionId: "00000000-0000-4000-8000-000000000001",
      VersionStages: ["AWSCURRENT"],
    }),
    missing: new SecretApiError(
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret.",
    ),
  };
}
