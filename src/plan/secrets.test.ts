import { describe, expect, it } from "vitest";
import { payingPlan } from "../../test/paying-service.ts";
import { type AccessRequest, preparePolicies } from "../evaluate/index.ts";
import { policyDocument } from "./index.ts";

const account = "eu-west-1:123456789012";
const parameter = `arn:aws:ssm:${account}:parameter/acme/trial/dev/payment-key`;
const managed = `arn:aws:secretsmanager:${account}:secret:/acme/trial/dev/tax-token`;

/** What it takes to read both secrets in AWS. */
const reads: readonly AccessRequest[] = [
  { action: "ssm:GetParameter", resource: parameter, context: {} },
  {
    action: "kms:Decrypt",
    resource: `arn:aws:kms:${account}:key/1`,
    context: {
      "kms:EncryptionContext:PARAMETER_ARN": parameter,
      "kms:ViaService": "ssm.eu-west-1.amazonaws.com",
    },
  },
  { action: "secretsmanager:GetSecretValue", resource: `${managed}-AbCd1E`, context: {} },
];

const statementsOf = (key: string) =>
  payingPlan().functions.find((one) => one.key === key)?.role.statements ?? [];
const allows = (statements: ReturnType<typeof statementsOf>) => {
  const decide = preparePolicies([policyDocument(statements)]);
  return (request: AccessRequest | undefined) =>
    request !== undefined && decide(request).effect === "allowed";
};

describe("a secret", () => {
  it("is a name in each environment, and readers", () => {
    expect(payingPlan("prod").secrets).toEqual([
      {
        key: "paymentKey",
        description: "The payment provider's key",
        store: "ssm",
        name: "/acme/trial/prod/payment-key",
        arn: `arn:aws:ssm:${account}:parameter/acme/trial/prod/payment-key`,
        variable: "SECRET_PAYMENT_KEY",
        readers: ["pay"],
        from: "secrets.paymentKey",
      },
      {
        key: "taxToken",
        description: "The tax office's token",
        store: "secrets-manager",
        name: "/acme/trial/prod/tax-token",
        arn: `arn:aws:secretsmanager:${account}:secret:/acme/trial/prod/tax-token-??????`,
        variable: "SECRET_TAX_TOKEN",
        readers: ["pay"],
        from: "secrets.taxToken",
      },
    ]);
  });

  it("is known by name to those who read it, and to nobody else", () => {
    const variables = payingPlan().functions.map(({ environmentVariables }) =>
      Object.entries(environmentVariables).filter(([name]) => name.startsWith("SECRET_")),
    );
    expect(variables).toEqual([
      [
        ["SECRET_PAYMENT_KEY", "/acme/trial/dev/payment-key"],
        ["SECRET_TAX_TOKEN", "/acme/trial/dev/tax-token"],
      ],
      [],
    ]);
  });

  it("is read by its reader, and not by another function", () => {
    expect(reads.map(allows(statementsOf("pay")))).toEqual([true, true, true]);
    expect(reads.map(allows(statementsOf("other")))).toEqual([false, false, false]);
  });

  it("is not read without any one of its statements", () => {
    const statements = statementsOf("pay");
    const own = statements.filter(({ from }) => from.includes(".secrets["));
    expect(own).toHaveLength(3);
    for (const one of own) {
      const rest = statements.filter((other) => other !== one);
      expect(reads.every(allows(rest))).toBe(false);
    }
  });

  it("does not let its reader at another one, or at another service's key", () => {
    const isAllowed = allows(statementsOf("pay"));
    const [get, decrypt, value] = reads;
    const changed = (request: AccessRequest | undefined, changes: Partial<AccessRequest>) =>
      isAllowed(request && { ...request, ...changes });
    expect([
      changed(get, { resource: `${parameter}-2` }),
      changed(get, { resource: parameter.replace("/dev/", "/prod/") }),
      changed(get, { action: "ssm:GetParametersByPath" }),
      changed(get, { action: "ssm:PutParameter" }),
      changed(decrypt, { context: {} }),
      changed(decrypt, {
        context: { ...decrypt?.context, "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
      }),
      changed(decrypt, {
        context: { ...decrypt?.context, "kms:EncryptionContext:PARAMETER_ARN": `${parameter}-2` },
      }),
      changed(value, { resource: `${managed}-key-AbCd1E` }),
      changed(value, { action: "secretsmanager:PutSecretValue" }),
    ]).toEqual(Array.from({ length: 9 }, () => false));
  });
});
