import type { AccessRequest, ContextValue } from "./policy.ts";

/** Finds a condition key by its name in lower case. Undefined where the request does not have it. */
export type KeyLookup = (name: string) => ContextValue | undefined;

/** A request in the form that statements are held against. */
export interface ReadRequest {
  /** In lower case, since the case of actions does not count. */
  readonly action: string;
  readonly resource: string;
  readonly key: KeyLookup;
}

export function readRequest({ action, resource, context }: AccessRequest): ReadRequest {
  // Most statements ask for no key at all: the names are lowered when the first one does.
  let byName: Map<string, ContextValue> | undefined;
  return {
    action: action.toLowerCase(),
    resource,
    key(name) {
      byName ??= new Map(
        Object.entries(context).map(([written, value]) => [written.toLowerCase(), value]),
      );
      const value = byName.get(name);
      return typeof value === "string" || value?.length ? value : undefined;
    },
  };
}
