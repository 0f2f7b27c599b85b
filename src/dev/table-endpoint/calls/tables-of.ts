import { type Input, objectOf, objectsOf, textOf } from "./input.ts";

/** The tables that a call names, as it names them: by name or by ARN. */
export function tablesOf(input: Input): string[] {
  const direct = textOf(input.TableName);
  if (direct !== undefined) return [direct];
  if (input.RequestItems !== undefined) return Object.keys(objectOf(input.RequestItems));
  const parts = objectsOf(input.TransactItems).flatMap((part) => Object.values(part));
  const names = parts.flatMap((part) => textOf(objectOf(part).TableName) ?? []);
  return [...new Set(names)];
}
