import type { FactTable } from "../runbook.ts";

/** What somebody sees, what it means, and what they do. */
type Trouble = readonly [sees: string, means: string, does: string];

/** The table of a section about what goes wrong. */
export function troubles(rows: readonly Trouble[]): FactTable {
  return { head: ["What you see", "What it means", "Do this"], rows };
}
