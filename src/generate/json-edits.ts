import type { ArrayExpression, Node, ObjectExpression } from "@babel/types";

/** A piece of a text, and what shall stand there. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with its edits made; line ends are those that it has. */
export function editText(source: string, edits: readonly Edit[]): string {
  const newline = source.includes("\r\n") ? "\r\n" : "\n";
  let result = "";
  let position = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    result += source.slice(position, start) + text.replaceAll("\n", newline);
    position = end;
  }
  return result + source.slice(position);
}

export function replaceValue(source: string, node: Node, value: unknown): Edit {
  const { start, end } = rangeOf(node);
  return { start, end, text: json(value, indentationAt(source, start), "  ") };
}

/** Values at the end of a list, or keys with values at the end of an object, each on lines of its own. */
export function addMembers(
  source: string,
  node: ArrayExpression | ObjectExpression,
  members: readonly { readonly key?: string; readonly value: unknown }[],
): Edit[] {
  if (members.length === 0) return [];
  const { start, end } = rangeOf(node);
  const outer = indentationAt(source, start);
  const there = node.type === "ArrayExpression" ? node.elements : node.properties;
  const [first, last] = [there.at(0), there.at(-1)].map((one) => (one ? rangeOf(one) : undefined));
  const inner = indentationOfMembers(source, outer, first?.start);
  const texts = members.map(({ key, value }) => {
    const name = key === undefined ? "" : `${JSON.stringify(key)}: `;
    return `\n${inner}${name}${json(value, inner, inner.slice(outer.length))}`;
  });
  // Behind comments, which belong to what is there.
  const behind = source.slice(0, end - 1).trimEnd().length;
  const closing = source.slice(behind, end).includes("\n") ? "" : `\n${outer}`;
  const comma =
    last === undefined || node.extra?.trailingComma !== undefined
      ? []
      : [{ start: last.end, end: last.end, text: "," }];
  return [...comma, { start: behind, end: behind, text: texts.join(",") + closing }];
}

/** As the members that are there are indented, if they have lines of their own. */
function indentationOfMembers(source: string, outer: string, first: number | undefined): string {
  if (first !== undefined) {
    const before = source.slice(source.lastIndexOf("\n", first - 1) + 1, first);
    if (before.trim() === "" && before.startsWith(outer) && before !== outer) return before;
  }
  return `${outer}${outer.includes("\t") ? "\t" : "  "}`;
}

/** The white space at the start of a place's line. */
function indentationAt(source: string, position: number): string {
  const line = source.slice(source.lastIndexOf("\n", position - 1) + 1, position);
  return line.slice(0, line.length - line.trimStart().length);
}

function json(value: unknown, indentation: string, step: string): string {
  return JSON.stringify(value, null, step).replaceAll("\n", `\n${indentation}`);
}

/** The parser gives every node its place, though its types leave that open. */
function rangeOf(node: Node) {
  return node as Node & { readonly start: number; readonly end: number };
}
