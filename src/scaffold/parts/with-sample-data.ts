/**
 * Sample data with that of one entity more, behind the rest. What is there stays as it is laid out.
 *
 * @param added an object, as text
 * @returns undefined where what is there is no object
 */
export function withSampleData(there: string, added: string): string | undefined {
  if (!isObject(there)) return undefined;
  const end = there.lastIndexOf("}");
  const before = there.slice(0, end).trimEnd();
  const comma = before.endsWith("{") ? "" : ",";
  const entries = added.slice(added.indexOf("{") + 1, added.lastIndexOf("}"));
  return `${before}${comma}${entries}${there.slice(end)}`;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
