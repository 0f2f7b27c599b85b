import type { Diagnostic } from "./message.ts";

/** What a diagnostic says, and of what. */
export function diagnosticText({ summary, detail, address }: Diagnostic): string {
  return [`${summary}${address === undefined ? "" : ` (${address})`}`, detail.trim()]
    .filter(Boolean)
    .join("\n");
}
