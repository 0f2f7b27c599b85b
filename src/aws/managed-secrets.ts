import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Access } from "./access.ts";
import { hiding } from "./hiding.ts";
import type { SecretState, SecretStore } from "./secret-store.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

type Sdk = typeof import("@aws-sdk/client-secrets-manager");

/**
 * How long a deleted secret can be had back, in days: the longest that there is.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html (2026-11-27)
 */
export const recoveryDays = 30;

/** Secrets in Secrets Manager, under AWS's own key. Every call throws what `awsError` says. */
export class ManagedSecrets implements SecretStore {
  readonly #call: Call<Sdk, SecretsManagerClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-secrets-manager"),
      (sdk) => new sdk.SecretsManagerClient({ region, ...access }),
    );
  }

  /** Without those that are deleted and can be had back. */
  async list(prefix: string): Promise<SecretState[]> {
    return this.#call(`list the secrets ${prefix}*`, async (client, sdk) => {
      const found: SecretState[] = [];
      const Filters = [{ Key: "name" as const, Values: [prefix] }];
      const pages = sdk.paginateListSecrets({ client, pageSize: 100 }, { Filters });
      for await (const { SecretList = [] } of pages) {
        for (const { Name = "", LastChangedDate, CreatedDate, ...more } of SecretList) {
          const stages = Object.values(more.SecretVersionsToStages ?? {}).flat();
          if (!stages.includes("AWSCURRENT")) continue;
          const changed = LastChangedDate ?? CreatedDate;
          found.push({
            name: Name,
            changedAt: changed?.toISOString() ?? null,
            isEncrypted: true,
          });
        }
      }
      return found;
    });
  }

  /** One that was deleted, and can be had back, comes back with the new value. */
  async set(name: string, value: string, description: string): Promise<void> {
    await this.#call(`set the secret ${name}`, async (client, sdk) => {
      const state = await unlessMissing(() =>
        client.send(new sdk.DescribeSecretCommand({ SecretId: name })),
      );
      if (state === undefined) {
        const create = new sdk.CreateSecretCommand({
          Name: name,
          Description: description,
          SecretString: value,
        });
        await hiding(value, () => client.send(create));
        return;
      }
      if (state.DeletedDate !== undefined) {
        await client.send(new sdk.RestoreSecretCommand({ SecretId: name }));
      }
      const put = new sdk.PutSecretValueCommand({ SecretId: name, SecretString: value });
      await hiding(value, () => client.send(put));
    });
  }

  /** It can be had back for {@link recoveryDays}. */
  async remove(name: string): Promise<boolean> {
    const removed = await this.#call(`delete the secret ${name}`, (client, sdk) =>
      unlessMissing(() =>
        client.send(
          new sdk.DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: recoveryDays }),
        ),
      ),
    );
    return removed !== undefined;
  }
}
