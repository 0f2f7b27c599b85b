import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Access } from "./access.ts";
import { hiding } from "./hiding.ts";
import type { SecretState, SecretStore } from "./secret-store.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** Secrets in Parameter Store, as SecureStrings under AWS's own key. Every call throws what `awsError` says. */
export class Parameters implements SecretStore {
  readonly #call: Call<typeof import("@aws-sdk/client-ssm"), SSMClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-ssm"),
      (ssm) => new ssm.SSMClient({ region, ...access }),
    );
  }

  async list(prefix: string): Promise<SecretState[]> {
    return this.#call(`list the parameters ${prefix}*`, async (client, ssm) => {
      const found: SecretState[] = [];
      const ParameterFilters = [{ Key: "Name", Option: "BeginsWith", Values: [prefix] }];
      const pages = ssm.paginateDescribeParameters({ client, pageSize: 50 }, { ParameterFilters });
      for await (const { Parameters = [] } of pages) {
        for (const { Name = "", Type, LastModifiedDate } of Parameters) {
          found.push({
            name: Name,
            changedAt: LastModifiedDate?.toISOString() ?? null,
            isEncrypted: Type === "SecureString",
          });
        }
      }
      return found;
    });
  }

  async set(name: string, value: string, description: string): Promise<void> {
    await this.#call(`set the parameter ${name}`, (client, ssm) => {
      const put = new ssm.PutParameterCommand({
        Name: name,
        Value: value,
        Description: description,
        Type: "SecureString",
        // The account's default may be one that costs something.
        Tier: "Standard",
        Overwrite: true,
      });
      return hiding(value, () => client.send(put));
    });
  }

  async remove(name: string): Promise<boolean> {
    const removed = await this.#call(`delete the parameter ${name}`, (client, ssm) =>
      unlessMissing(() => client.send(new ssm.DeleteParameterCommand({ Name: name }))),
    );
    return removed !== undefined;
  }
}
