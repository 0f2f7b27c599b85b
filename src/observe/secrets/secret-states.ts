import { type Access, ManagedSecrets, Parameters, type SecretStore } from "../../aws/index.ts";
import { secretName } from "../../names.ts";
import type { SecretPlan, ServicePlan, SecretStore as StoreName } from "../../plan/index.ts";

/** What is known of a secret in one environment, and never its value. */
export interface SecretStatus {
  /** Its key in the manifest; null where the manifest has none of that name. */
  readonly key: string | null;
  /** Its name in the store. */
  readonly name: string;
  readonly store: StoreName;
  /** The keys of the functions that read it. */
  readonly readers: readonly string[];
  /** When it got the value that it has, as ISO 8601; null where it has none or the store does not say. */
  readonly changedAt: string | null;
  /**
   * `plain`: a parameter that is not encrypted. `undeclared`: it is there, and `service.ts` does not have it. `unread`: it is
   * declared and set, and no function reads it.
   */
  readonly state: "set" | "missing" | "plain" | "unread" | "undeclared";
}

/** The stores of an environment. */
export type SecretStores = Readonly<Record<StoreName, SecretStore>>;

type Plan = Pick<ServicePlan, "deployment" | "environment" | "region" | "secrets" | "service">;

export function openSecretStores({ region }: Pick<Plan, "region">, access: Access): SecretStores {
  return {
    ssm: new Parameters(region, access),
    "secrets-manager": new ManagedSecrets(region, access),
  };
}

/** Every secret that is declared, and every other one that is there and is called as the service's are. */
export async function readSecretStates(plan: Plan, stores: SecretStores): Promise<SecretStatus[]> {
  const names = ["ssm", "secrets-manager"] as const;
  const found = await Promise.all(names.map((store) => readStore(plan, store, stores[store])));
  return found.flat();
}

/**
 * The secrets that a function reads and that have no value. Asks only the stores that the service uses, for names
 * and dates.
 */
export async function missingSecrets(plan: Plan, stores: SecretStores): Promise<SecretPlan[]> {
  const read = plan.secrets.filter(({ readers }) => readers.length > 0);
  const used = [...new Set(read.map(({ store }) => store))];
  const found = await Promise.all(used.map((store) => readStore(plan, store, stores[store])));
  const missing = new Set(
    found.flatMap((all) => all.filter(({ state }) => state === "missing").map(({ key }) => key)),
  );
  return read.filter(({ key }) => missing.has(key));
}

async function readStore(
  plan: Plan,
  store: StoreName,
  gateway: SecretStore,
): Promise<SecretStatus[]> {
  const { deployment, service, environment } = plan;
  const there = await gateway.list(secretName(deployment.prefix, service, environment, ""));
  const declared = plan.secrets.filter((one) => one.store === store);
  const others = there.filter(({ name }) => declared.every((one) => one.name !== name));
  return [
    ...declared.map(({ key, name, readers }): SecretStatus => {
      const found = there.find((one) => one.name === name);
      const changedAt = found?.changedAt ?? null;
      return { key, name, store, readers, changedAt, state: stateOf(found, readers) };
    }),
    ...others.map(
      ({ name, changedAt }): SecretStatus => ({
        key: null,
        name,
        store,
        readers: [],
        changedAt,
        state: "undeclared",
      }),
    ),
  ];
}

function stateOf(
  found: { readonly isEncrypted: boolean } | undefined,
  readers: readonly string[],
): SecretStatus["state"] {
  if (found === undefined) return "missing";
  if (!found.isEncrypted) return "plain";
  return readers.length === 0 ? "unread" : "set";
}
