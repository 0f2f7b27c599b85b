import type { LocalSecrets } from "../../dev/index.ts";
import type { SecretStatus, SecretStores } from "../../observe/index.ts";
import type { ServicePlan } from "../../plan/index.ts";

/** This machine's file, in the place of both stores. */
export function localStores(local: LocalSecrets): SecretStores {
  const store: SecretStores["ssm"] = {
    async list(prefix) {
      const keys = Object.keys(await local.read()).filter((key) => key.startsWith(prefix));
      return keys.map((name) => ({ name, changedAt: null, isEncrypted: true }));
    },
    set: (key, value) => local.set(key, value),
    remove: (key) => local.remove(key),
  };
  return { ssm: store, "secrets-manager": store };
}

/** What is known of the secrets on this machine. */
export function localStates(
  { secrets }: Pick<ServicePlan, "secrets">,
  values: Readonly<Record<string, string>>,
): SecretStatus[] {
  const others = Object.keys(values).filter((key) => secrets.every((one) => one.key !== key));
  return [
    ...secrets.map(({ key, store, readers }): SecretStatus => {
      const state = values[key] ? (readers.length === 0 ? "unread" : "set") : "missing";
      return { key, name: key, store, readers, changedAt: null, state };
    }),
    ...others.map(
      (name): SecretStatus => ({
        key: null,
        name,
        store: "ssm",
        readers: [],
        changedAt: null,
        state: "undeclared",
      }),
    ),
  ];
}
