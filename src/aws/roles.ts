import type { IAMClient } from "@aws-sdk/client-iam";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** A role of IAM, with every policy that it has. Documents are JSON. */
export interface RoleState {
  readonly name: string;
  readonly arn: string;
  readonly trust: string;
  readonly policies: readonly { readonly name: string; readonly document: string }[];
  readonly hasBoundary: boolean;
}

/** A key of a user of IAM, which ends when somebody ends it. */
export interface UserKey {
  readonly user: string;
  readonly id: string;
  /** ISO 8601 */
  readonly created: string;
}

/** Roles and users of an account. Every call throws what `awsError` says. */
export class Identities {
  readonly #call: Call<typeof import("@aws-sdk/client-iam"), IAMClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-iam"),
      (iam) => new iam.IAMClient({ region, ...access }),
    );
  }

  /**
   * Nothing where there is no such role.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html (2026-11-27)
   */
  async role(name: string): Promise<RoleState | undefined> {
    return this.#call(`look at the role ${name}`, (client, iam) =>
      unlessMissing(async () => {
        const role = { RoleName: name };
        const { Role } = await client.send(new iam.GetRoleCommand(role));
        const inline: string[] = [];
        for await (const page of iam.paginateListRolePolicies({ client }, role)) {
          inline.push(...(page.PolicyNames ?? []));
        }
        const attached: string[] = [];
        for await (const page of iam.paginateListAttachedRolePolicies({ client }, role)) {
          attached.push(
            ...(page.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []),
          );
        }
        const policies = await Promise.all([
          ...inline.map(async (policy) => {
            const command = new iam.GetRolePolicyCommand({ ...role, PolicyName: policy });
            const { PolicyDocument = "" } = await client.send(command);
            return { name: policy, document: decodeURIComponent(PolicyDocument) };
          }),
          ...attached.map(async (arn) => {
            const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn: arn }));
            const { PolicyVersion } = await client.send(
              new iam.GetPolicyVersionCommand({
                PolicyArn: arn,
                VersionId: Policy?.DefaultVersionId ?? "v1",
              }),
            );
            return { name: arn, document: decodeURIComponent(PolicyVersion?.Document ?? "") };
          }),
        ]);
        return {
          name,
          arn: Role?.Arn ?? "",
          trust: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""),
          policies,
          hasBoundary: Role?.PermissionsBoundary !== undefined,
        };
      }),
    );
  }

  /**
   * The active keys of all users, by user.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html (2026-11-27)
   */
  async userKeys(): Promise<UserKey[]> {
    return this.#call("list the access keys of users", async (client, iam) => {
      const users: string[] = [];
      for await (const { Users = [] } of iam.paginateListUsers({ client }, {})) {
        users.push(...Users.flatMap(({ UserName }) => UserName ?? []));
      }
      const keys = users.map(async (user) => {
        const { AccessKeyMetadata = [] } = await client.send(
          new iam.ListAccessKeysCommand({ UserName: user }),
        );
        return AccessKeyMetadata.filter(({ Status }) => Status === "Active").map(
          ({ AccessKeyId: id = "", CreateDate }) => {
            return { user, id, created: CreateDate?.toISOString() ?? "" };
          },
        );
      });
      return (await Promise.all(keys)).flat();
    });
  }
}
