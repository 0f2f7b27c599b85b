import { createHash } from "node:crypto";
import type { PolicyStatement } from "../../evaluate/index.ts";
import { artifactKey } from "../../names.ts";
import type { FunctionPlan } from "../../plan/index.ts";
import { type Account, CallFailed } from "./account.ts";
import { readAlias } from "./deployed-alias.ts";
import { type DeployedRole, readRole } from "./deployed-role.ts";

/** A version of a function, as callers of an alias get it. */
export interface DeployedVersion {
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
}

/** A function as callers of its alias get it, where that leads to one version. */
export interface DeployedFunction extends DeployedVersion {
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
 * @throws {Error} where callers get several versions
 */
export async function readFunction(
  account: Account,
  aliasArn: string,
  artifactBucket: string,
): Promise<DeployedFunction> {
  const { version, weights } = await readAlias(account, aliasArn);
  if (weights.size > 0) {
    throw new Error(`${aliasArn} leads to several versions: ${[version, ...weights.keys()]}`);
  }
  const [deployed, permissions] = await Promise.all([
    readVersion(account, aliasArn, version, artifactBucket),
    readPermissions(account, aliasArn),
  ]);
  return { ...deployed, permissions };
}

/**
 * Reads a version: its own configuration, role and code, whatever came after it.
 *
 * @param aliasArn that it is called by
 * @param artifactBucket where code lies by what it is: the emulator names the latest code, whatever
 * version it is asked for
 */
export async function readVersion(
  account: Account,
  aliasArn: string,
  version: string,
  artifactBucket: string,
): Promise<DeployedVersion> {
  const name = aliasArn.split(":").at(-2) as string;
  const [configuration, { ReservedConcurrentExecutions }] = await Promise.all([
    account.json("lambda", `/2015-03-31/functions/${name}/configuration?Qualifier=${version}`),
    account.json("lambda", `/2019-09-30/functions/${name}/concurrency`),
  ]);
  const roleName = configuration.Role.split("/").at(-1);
  const [role, zip] = await Promise.all([
    readRole(account, roleName),
    readCode(account, configuration.CodeSha256, artifactBucket),
  ]);
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
    zip,
    role,
  };
}

/** Who may call an alias: where nobody may, there is no policy. */
export async function readPermissions(
  account: Account,
  aliasArn: string,
): Promise<readonly Permission[]> {
  const [name, alias] = aliasArn.split(":").slice(-2);
  const target = `/2015-03-31/functions/${name}/policy?Qualifier=${alias}`;
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
