import type { Account } from "../../../src/emulator/deployed/account.ts";
import { type FunctionPlan, policyDocument, type ServicePlan } from "../../../src/plan/index.ts";
import { type UploadedCode, uploadZip } from "./plant-bucket.ts";

const functions = "/2015-03-31/functions";

/** A function's role, and what it may do. */
export async function plantRole(
  account: Account,
  { name: RoleName, statements }: FunctionPlan["role"],
): Promise<void> {
  await account.iam("CreateRole", { RoleName, AssumeRolePolicyDocument: trustPolicy });
  const PolicyDocument = JSON.stringify(policyDocument(statements));
  await account.iam("PutRolePolicy", { RoleName, PolicyName: "function", PolicyDocument });
}

/** A function with its first version, and the alias that leads to it. */
export async function plantFunction(
  account: Account,
  lambda: FunctionPlan,
  code: UploadedCode,
  alias: string,
): Promise<void> {
  const { name, role } = lambda;
  await post(account, functions, {
    FunctionName: name,
    Role: `arn:aws:iam::${account.accountId}:role/${role.name}`,
    Description: lambda.description,
    Runtime: lambda.runtime,
    Handler: lambda.handler,
    Architectures: [lambda.architecture],
    MemorySize: lambda.memoryMb,
    Timeout: lambda.timeoutSeconds,
    EphemeralStorage: { Size: lambda.ephemeralStorageMb },
    Environment: { Variables: lambda.environmentVariables },
    Code: code,
    Publish: true,
  });
  if (lambda.reservedConcurrency !== null) {
    await account.ask("lambda", `/2017-10-31/functions/${name}/concurrency`, {
      method: "PUT",
      body: JSON.stringify({ ReservedConcurrentExecutions: lambda.reservedConcurrency }),
    });
  }
  await post(account, `${functions}/${name}/aliases`, { Name: alias, FunctionVersion: "1" });
}

/** What a version has that those before it had not; the rest stays as it is. */
export interface VersionChange {
  readonly zip: Uint8Array;
  /** All variables of the version. @default those that are there */
  readonly environmentVariables?: Readonly<Record<string, string>>;
}

/**
 * Publishes a version of a function that is there. No alias leads to it yet.
 *
 * @returns such as `2`
 */
export async function publishVersion(
  account: Account,
  { functions: planned, deployment }: ServicePlan,
  key: string,
  { zip, environmentVariables }: VersionChange,
): Promise<string> {
  const name = planned.find((one) => one.key === key)?.name;
  if (name === undefined) throw new Error(`There is no function ${key}.`);
  const code = await uploadZip(account, deployment.artifactBucket, zip);
  const put = (part: string, body: object) =>
    account.ask("lambda", `${functions}/${name}/${part}`, {
      method: "PUT",
      body: JSON.stringify(body),
    });
  if (environmentVariables !== undefined) {
    await put("configuration", { Environment: { Variables: environmentVariables } });
  }
  await put("code", code);
  return (await post(account, `${functions}/${name}/versions`, {})).Version;
}

// What comes back is AWS's, and is looked into field by field.
// biome-ignore lint/suspicious/noExplicitAny: see above
async function post(account: Account, target: string, body: object): Promise<any> {
  const init = { method: "POST", body: JSON.stringify(body) };
  return (await account.ask("lambda", target, init)).json();
}

const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
  ],
});
