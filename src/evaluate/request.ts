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
  return { action: action.toLowerCase(), resource, key: keysIn(context) };
}

/** The condition keys of a request; their case does not count, and an empty list is no key. */
export function keysIn(context: AccessRequest["context"]): KeyLookup {
  // Most statements ask for no key at all: the names are lowered when the first one does.
  let byName: Map<string, ContextValue> | undefined;
  return (name) => {
    byName ??= new Map(
      Object.entries(context).map(([written, value]) => [written.toLowerCase(), value]),
    );
    const value = byName.get(name);
    return typeof value === "string" || value?.length ? value : undefined;
  };
}
