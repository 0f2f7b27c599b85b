/** A value as it stands in TypeScript, on one line. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return textOrOther(value);
  const parts = Object.entries(value).map(([key, one]) => `${keyText(key)}: ${literal(one)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** The properties of an object, a line each. */
export function objectLines(value: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(value)
    .map(([key, one]) => `${indent}${keyText(key)}: ${literal(one)},`)
    .join("\n");
}

export function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textOrOther(key);
}

/** In double quotes, or in single ones where that takes fewer escapes, as the formatter has it. */
function textOrOther(value: unknown): string {
  const double = JSON.stringify(value);
  if (typeof value !== "string") return double;
  const count = (mark: string) => value.split(mark).length - 1;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
