import type { TextFile } from "../facts.ts";
import type { Edit } from "../finding.ts";

/** Lines around a change, as git shows them. */
const context = 3;

/**
 * The edits as one unified diff, which `git apply` takes. Of edits that touch the same lines the first one counts:
 * the next audit finds the rest.
 */
export function unifiedDiff(edits: readonly Edit[], files: readonly TextFile[]): string {
  const names = [...new Set(edits.map(({ file }) => file))].sort();
  return names
    .map((name) => {
      const text = files.find(({ path }) => path === name)?.text;
      const own = edits.filter(({ file }) => file === name);
      return diffOf(name, text, apart(own));
    })
    .join("");
}

function apart(edits: readonly Edit[]): Edit[] {
  const kept: Edit[] = [];
  const same = (one: Edit, other: Edit) =>
    JSON.stringify(one) === JSON.stringify(other) ||
    (one.removed > 0 &&
      other.removed > 0 &&
      one.line < other.line + other.removed &&
      other.line < one.line + one.removed);
  for (const edit of edits) if (!kept.some((one) => same(one, edit))) kept.push(edit);
  // What is put in before a line comes before what replaces it.
  return kept.sort((one, other) => one.line - other.line || one.removed - other.removed);
}

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
  /** The last line of a file that does not end with a line's end. */
  readonly isOpen?: boolean;
}

function diffOf(name: string, text: string | undefined, edits: readonly Edit[]): string {
  const old = text === undefined || text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const isOpen = text !== undefined && text !== "" && !text.endsWith("\n");
  const lines: Line[] = [];
  let at = 1;
  const keep = (until: number) => {
    for (; at < until && at <= old.length; at += 1) lines.push(lineAt(old, at, " ", isOpen));
  };
  for (const { line, removed, inserted } of edits) {
    keep(line);
    // What comes behind a last line without an end gives it one.
    const last = lines.at(-1);
    if (inserted.length > 0 && last?.isOpen === true && last.sign === " ") {
      lines.pop();
      lines.push({ ...last, sign: "-" }, { sign: "+", text: last.text });
    }
    for (; at < line + removed; at += 1) lines.push(lineAt(old, at, "-", isOpen));
    lines.push(...inserted.map((one): Line => ({ sign: "+", text: one })));
  }
  keep(old.length + 1);
  const header = [`--- ${text === undefined ? "/dev/null" : `a/${name}`}`, `+++ b/${name}`];
  return `${[...header, ...hunks(lines)].join("\n")}\n`;
}

function lineAt(old: readonly string[], at: number, sign: Line["sign"], isOpen: boolean): Line {
  return { sign, text: old[at - 1] ?? "", isOpen: isOpen && at === old.length };
}

function hunks(lines: readonly Line[]): string[] {
  const changed = lines.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const ranges: [number, number][] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    const from = Math.max(0, index - context);
    const to = Math.min(lines.length, index + context + 1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else ranges.push([from, to]);
  }
  return ranges.flatMap(([from, to]) => {
    const part = lines.slice(from, to);
    const before = lines.slice(0, from);
    const [oldCount, newCount] = [count(part, "+"), count(part, "-")];
    const oldStart = count(before, "+") + (oldCount === 0 ? 0 : 1);
    const newStart = count(before, "-") + (newCount === 0 ? 0 : 1);
    return [
      `@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`,
      ...part.flatMap(({ sign, text, isOpen }) => [
        sign + text,
        ...(isOpen === true ? ["\\ No newline at end of file"] : []),
      ]),
    ];
  });
}

/** How many lines there are without those of a sign. */
function count(lines: readonly Line[], without: "+" | "-"): number {
  return lines.filter(({ sign }) => sign !== without).length;
}
