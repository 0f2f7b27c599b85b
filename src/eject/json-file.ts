/** A JSON file's text as npm and Terraform write theirs. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
