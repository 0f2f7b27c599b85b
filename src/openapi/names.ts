/** `ListProducts` for `list-products`: letters and digits only, because API Gateway's models are called so. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** Gives each name once: a name that was given before gets a number. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    let free = name;
    for (let number = 2; given.has(free); number++) free = `${name}${number}`;
    given.add(free);
    return free;
  };
}
