import type { PermissionSighting } from "../names.ts";

/** A line that was cut off, by whoever ended a test, says nothing. */
export function parseRecord(text: string): PermissionSighting[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as PermissionSighting];
    } catch {
      return [];
    }
  });
}
