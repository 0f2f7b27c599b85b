const lineWidth = 100;

/** JSON as the formatter has it: a list is on one line where it fits there. */
export function jsonText(value: unknown): string {
  return `${valueText(value, "", 0)}\n`;
}

function valueText(value: unknown, indent: string, column: number): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = JSON.stringify(value).replaceAll(/","/g, '", "');
    const isFlat = value.every((one) => typeof one !== "object");
    if (isFlat && indent.length + column + flat.length + 1 <= lineWidth) return flat;
    const items = value.map((one) => `${inner}${valueText(one, inner, 0)}`);
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, one]) => {
    const start = `${JSON.stringify(key)}: `;
    return `${inner}${start}${valueText(one, inner, start.length)}`;
  });
  return parts.length === 0 ? "{}" : `{\n${parts.join(",\n")}\n${indent}}`;
}
