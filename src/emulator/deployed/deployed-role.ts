import type { PolicyDocument } from "../../evaluate/index.ts";
import type { Account } from "./account.ts";
import { valueIn, valuesIn } from "./xml.ts";

/** All that decides about what a role may do. */
export interface DeployedRole {
  readonly name: string;
  /** Those that are its own, and those that are attached to it. */
  readonly policies: readonly PolicyDocument[];
  /** Its permissions boundary; undefined where it has none. */
  readonly boundaries: readonly PolicyDocument[] | undefined;
}

export async function readRole(account: Account, name: string): Promise<DeployedRole> {
  const of = { RoleName: name };
  const inline = valuesIn(await account.iam("ListRolePolicies", of), "member").map((PolicyName) =>
    account.iam("GetRolePolicy", { ...of, PolicyName }),
  );
  const attached = valuesIn(await account.iam("ListAttachedRolePolicies", of), "PolicyArn");
  const [boundary] = valuesIn(await account.iam("GetRole", of), "PermissionsBoundaryArn");
  const own = (await Promise.all(inline)).map((xml) => documentIn(xml, "PolicyDocument"));
  const managed = await Promise.all(attached.map((arn) => readManaged(account, arn)));
  return {
    name,
    policies: [...own, ...managed],
    boundaries: boundary === undefined ? undefined : [await readManaged(account, boundary)],
  };
}

async function readManaged(account: Account, PolicyArn: string): Promise<PolicyDocument> {
  const policy = await account.iam("GetPolicy", { PolicyArn });
  const VersionId = valueIn(policy, "DefaultVersionId");
  return documentIn(await account.iam("GetPolicyVersion", { PolicyArn, VersionId }), "Document");
}

/** IAM gives documents percent-encoded. */
function documentIn(xml: string, element: string): PolicyDocument {
  return JSON.parse(decodeURIComponent(valueIn(xml, element)));
}
