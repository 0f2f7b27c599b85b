import type { GeneratedFile } from "./generated-file.ts";

/**
 * A file that is derived to the last byte: a workflow, a runbook. One that does not begin with the mark of a derived
 * one is somebody's own, and stays: what they changed in it has a reason that is not in `service.ts`.
 */
export function derivedFile(
  path: string,
  { text, mark }: { readonly text: string; readonly mark: string },
): GeneratedFile {
  return {
    path,
    render(current) {
      if (current === undefined) return { text, differences: ["there is no such file"] };
      if (current === text) return { text, differences: [] };
      if (current.startsWith(mark)) return { text, differences: differencesOf(current, text) };
      const yours = "it does not begin as a derived one does: it is yours, and was left as it is";
      return { text: current, differences: [yours] };
    },
  };
}

/** Up to three lines are named: a few show what was edited, and many that it is an old one. */
function differencesOf(current: string, wanted: string): string[] {
  const known = new Set(wanted.split("\n"));
  const there = current.split("\n");
  const other = there.flatMap((line, position) => (known.has(line) ? [] : [position + 1]));
  if (other.length > 3) return [`${other.length} lines are not as they are derived`];
  if (other.length === 0) return ["lines are missing, or in another order"];
  return other.map((line) => `line ${line} is not as it is derived: ${there[line - 1]?.trim()}`);
}
