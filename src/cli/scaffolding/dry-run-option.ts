import type { Option } from "../command.ts";

/** Of every command that makes files. */
export const dryRunOption = {
  "dry-run": { type: "flag", description: "write nothing: list the files that would be written" },
} as const satisfies Record<string, Option>;
