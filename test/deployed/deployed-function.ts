import { createHash } from "node:crypto";
import type { PolicyStatement } from "../../src/evaluate/index.ts";
import { artifactKey } from "../../src/names.ts";
import type { FunctionPlan } from "../../src/plan/index.ts";
import { type Account, CallFailed } from "./account.ts";
import { type DeployedRole, readRole } from "./deployed-role.ts";

/** A function as callers of its alias get it. */
export interface DeployedFunction {
  /** In the form that the host takes. Its key is its name: manifests are not in AWS. */
  readonly lambda: FunctionPlan;
  /** Of the alias. */
  readonly aliasArn: string;
  /** Such as `1`. */
  readonly version: string;
  readonly zip: Uint8Array;
  /** Of the zip, in base64. */
  readonly codeSha256: string;
  readonly role: DeployedRole;
  /** Who may call the alias: the statements of its resource policy. */
  readonly permissions: readonly Permission[];
}

/** What is said of others, which is what an identity's policy cannot say. */
export type Permission = PolicyStatement & {
  readonly Principal: { readonly Service?: string } | string;
};

/** What AWS does not know, and the host does not ask. */
const unknown = {
  entry: "",
  maxPackageSizeKb: 0,
  codeCache: false,
  logging: { applicationLevel: "INFO", systemLevel: "INFO" },
  from: "what is deployed",
} as const;

/**
 * Follows an alias to the version behind it, its configuration, its role and its code.
 *
 * @param aliasArn such as `arn:aws:lambda:eu-west-1:536580886816:function:bbws-product-list-dev:live`
 * @param artifactBucket where code lies by what it is: the emulator names the latest code, whatever
 * version it is asked for
 */
export async function readFunction(
  account: Account,
  aliasArn: string,
  artifactBucket: string,
): Promise<DeployedFunction> {
  const [name = "", alias = ""] = aliasArn.split(":").slice(6);
  const at = `/2015-03-31/functions/${name}`;
  const { FunctionVersion: version, RoutingConfig } = await account.json(
    "lambda",
    `${at}/aliases/${alias}`,
  );
  const weights = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
  if (weights.length > 0) throw new Error(`${aliasArn} leads to several versions: ${weights}`);
  const [configuration, { ReservedConcurrentExecutions }, permissions] = await Promise.all([
    account.json("lambda", `${at}/configuration?Qualifier=${version}`),
    account.json("lambda", `/2019-09-30/functions/${name}/concurrency`),
    readPermissions(account, `${at}/policy?Qualifier=${alias}`),
  ]);
  const roleName = configuration.Role.split("/").at(-1);
  const role = await readRole(account, roleName);
  return {
    lambda: {
      ...unknown,
      key: name,
      name,
      arn: aliasArn,
      description: configuration.Description,
      handler: configuration.Handler,
      runtime: configuration.Runtime,
      architecture: configuration.Architectures[0],
      memoryMb: configuration.MemorySize,
      timeoutSeconds: configuration.Timeout,
      reservedConcurrency: ReservedConcurrentExecutions ?? null,
      ephemeralStorageMb: configuration.EphemeralStorage.Size,
      environmentVariables: configuration.Environment.Variables,
      logGroup: { name: `/aws/lambda/${name}`, retentionDays: 0 },
      // What the role may do is in its policies, as they were read.
      role: { name: roleName, statements: [] },
    },
    aliasArn,
    version,
    codeSha256: configuration.CodeSha256,
    zip: await readCode(account, configuration.CodeSha256, artifactBucket),
    role,
    permissions,
  };
}

/** Where nobody may call it, there is no policy. */
async function readPermissions(account: Account, target: string): Promise<readonly Permission[]> {
  try {
    return JSON.parse((await account.json("lambda", target)).Policy).Statement;
  } catch (error) {
    if (error instanceof CallFailed && error.status === 404) return [];
    throw error;
  }
}

/** The zip that has this digest. @throws {Error} where the bucket holds something else under its name */
async function readCode(account: Account, codeSha256: string, bucket: string): Promise<Uint8Array> {
  const key = artifactKey(Buffer.from(codeSha256, "base64").toString("hex"));
  const object = await account.ask("s3", `/${bucket}/${key}`);
  const zip = new Uint8Array(await object.arrayBuffer());
  const found = createHash("sha256").update(zip).digest("base64");
  if (found !== codeSha256) throw new Error(`${key} is ${found}, Lambda runs ${codeSha256}`);
  return zip;
}
