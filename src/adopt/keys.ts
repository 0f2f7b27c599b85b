/** `GetItemFunction` → `getItemFunction`, `get-item` → `getItem`: what a manifest calls its parts. */
export function camelCase(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const joined = words
    .map((word, position) => {
      const small = word.toLowerCase();
      return position === 0 ? small : small.charAt(0).toUpperCase() + small.slice(1);
    })
    .join("");
  return /^[a-z]/.test(joined) ? joined : `a${joined.charAt(0).toUpperCase()}${joined.slice(1)}`;
}

/** `Orders_Service` → `orders-service`: what a service and a prefix are called. */
export function kebabName(name: string): string | undefined {
  const kebab = name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .join("-")
    .replace(/^[^a-z]+/, "");
  return kebab === "" ? undefined : kebab;
}

/** Gives each of several things a key of its own: `list`, and `list2` where another has it. */
export function withOwnKeys<One extends { readonly key: string }>(all: readonly One[]): One[] {
  const taken = new Set<string>();
  return all.map((one) => {
    let key = one.key;
    for (let number = 2; taken.has(key.toLowerCase()); number++) key = `${one.key}${number}`;
    taken.add(key.toLowerCase());
    return { ...one, key };
  });
}
