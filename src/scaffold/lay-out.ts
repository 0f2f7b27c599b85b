import { parse } from "@babel/parser";

const lineWidth = 100;

/**
 * Source whose names have become longer or shorter, as the formatter would have it: lists in brackets are on one line
 * where they fit, and one below the other where they do not.
 */
export function laidOut(source: string): string {
  let text = source;
  // Each step is a list that was joined or broken. Whatever is wrong here ends, and shows in the formatter.
  for (let step = 0; step < 500; step++) {
    const next = joinStatement(text) ?? nextStep(text);
    if (next === undefined) return text;
    text = next;
  }
  return text;
}

const keywords = [
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "return",
  "await",
  "typeof",
  "new",
  "of",
  "in",
];

interface Group {
  /** Where its bracket opens, and where the one that closes it stands. */
  readonly open: number;
  readonly close: number;
  readonly isList: boolean;
}

function nextStep(text: string): string | undefined {
  const groups = groupsOf(text);
  for (const group of groups) {
    const flat = joined(text, group);
    if (flat !== undefined) return flat;
  }
  for (const { start, end } of longLines(text)) {
    const guarded = /^ *if \(.*?\)(?= (?:throw|return) )/.exec(text.slice(start, end));
    if (guarded !== null) return brokenAt(text, start, start + guarded[0].length);
    const inside = groups.filter(({ open, close }) => open >= start && close < end);
    const outer = inside.filter(
      (one) => !inside.some(({ open, close }) => open < one.open && close > one.close),
    );
    const last = outer.at(-1);
    // A call with one short argument stays whole, on a line of its own.
    const toShortCall = / = (?=\w+\(\w{1,25}\);$)/.exec(text.slice(start, end));
    if (toShortCall !== null) return brokenAt(text, start, start + toShortCall.index + 2);
    const isImport = text.startsWith("import ", start);
    if (isImport && last !== undefined && itemsOf(text, last).length === 1) continue;
    if (last !== undefined) return broken(text, hugged(text, last, inside));
    const assigned = text.slice(start, end).search(/ = (?![{[(])/);
    if (assigned !== -1) return brokenAt(text, start, start + assigned + 2);
  }
  return undefined;
}

/** Brackets, from the outermost in. */
function groupsOf(text: string): Group[] {
  const { tokens } = parse(text, {
    sourceType: "module",
    plugins: ["typescript"],
    tokens: true,
  });
  const opened: { start: number; label: string; before: string }[] = [];
  const groups: Group[] = [];
  let before = "";
  for (const [at, { type, start, end }] of (tokens ?? []).entries()) {
    const label: string = typeof type === "string" ? "" : type.label;
    if (["(", "[", "{", "${"].includes(label)) opened.push({ start, label, before });
    if ([")", "]", "}"].includes(label)) {
      const from = opened.pop();
      if (from === undefined || from.label === "${") continue;
      // Brackets around a value, or a condition, are no list.
      const isArrow = label === ")" && tokens?.[at + 1]?.type.label === "=>";
      const isValue =
        from.label === "(" &&
        !isArrow &&
        (!/[\w)\]>]$/.test(from.before) || keywords.includes(from.before));
      if (isValue) {
        before = text.slice(start, end);
        continue;
      }
      const isNames = from.label === "{" && ["import", "type", "export"].includes(from.before);
      groups.push({ open: from.start, close: start, isList: from.label !== "{" || isNames });
    }
    before = text.slice(start, end);
  }
  return groups.sort((a, b) => a.open - b.open);
}

/** The text with a broken list on one line; undefined where it is not broken, or has no room there. */
function joined(text: string, { open, close, isList }: Group): string | undefined {
  const inner = text.slice(open + 1, close);
  if (!isList || !inner.startsWith("\n")) return undefined;
  // Comments, and objects and blocks that somebody has begun on a line of their own.
  if (/\/\/|\/\*|[{`]\n|=>\n|\?\s.*\n/.test(inner)) return undefined;
  const lines = inner.trim().replace(/,$/, "").split("\n");
  const space = text[open] === "{" ? " " : "";
  const flat = lines.map((line) => line.trim()).join(" ");
  const tidy = flat.replace(/([([]) /g, "$1").replace(/,? ([)\]])/g, "$1");
  const start = text.lastIndexOf("\n", open) + 1;
  const end = text.indexOf("\n", close);
  const line = `${text.slice(start, open + 1)}${space}${tidy}${space}${text.slice(close, end)}`;
  if (line.length > lineWidth) return undefined;
  return text.slice(0, start) + line + text.slice(end);
}

/** `=` at the end of a line, and a value that has room behind it. */
function joinStatement(text: string): string | undefined {
  for (const found of text.matchAll(/^(.* =)\n +(.*;)$/gm)) {
    const [whole, head = "", value = ""] = found;
    const line = `${head} ${value}`;
    if (line.length > lineWidth) continue;
    return text.slice(0, found.index) + line + text.slice(found.index + whole.length);
  }
  return undefined;
}

function* longLines(text: string) {
  let start = 0;
  for (const line of text.split("\n")) {
    // The formatter leaves comments, and the first line of a test, as long as they are.
    const mayBeLong = /^\s*(?:\/\/|\/?\*|it\(".*\{$)/.test(line);
    if (line.length > lineWidth && !mayBeLong) yield { start, end: start + line.length };
    start += line.length + 1;
  }
}

/** An object or a list that comes last in a call, or is the one parameter, is broken instead of the brackets around it. */
function hugged(text: string, group: Group, all: readonly Group[]): Group {
  if (text[group.open] !== "(") return group;
  const items = itemsOf(text, group);
  const last = items.at(-1)?.trim() ?? "";
  const isOne = (item: string) => /^[{[]/.test(item.trim());
  if (!isOne(last) || items.slice(0, -1).some(isOne)) return group;
  const inner = all.find(({ open, close }) =>
    items.length === 1
      ? open === group.open + 1
      : close === group.close - 1 && text.slice(open, close + 1) === last,
  );
  // What is before it has to fit on its line.
  const isWide = inner !== undefined && inner.open - text.lastIndexOf("\n", inner.open) > lineWidth;
  return isWide ? group : (inner ?? group);
}

function broken(text: string, group: Group): string {
  const { open, close } = group;
  const lineStart = text.lastIndexOf("\n", open) + 1;
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? "";
  const items = itemsOf(text, group).map((item) => item.trim());
  const lines = items.map((item) => `${indent}  ${item},`);
  return `${text.slice(0, open + 1)}\n${lines.join("\n")}\n${indent}${text.slice(close)}`;
}

function brokenAt(text: string, lineStart: number, at: number): string {
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? "";
  return `${text.slice(0, at)}\n${indent}  ${text.slice(at + 1)}`;
}

/** What stands between the commas of a list that is on one line. */
function itemsOf(text: string, { open, close }: Group): string[] {
  const items: string[] = [];
  let depth = 0;
  let quote = "";
  let start = open + 1;
  for (let at = open + 1; at < close; at++) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === "\\") at += 1;
      else if (character === quote) quote = "";
    } else if (/["'`]/.test(character)) quote = character;
    else if (/[([{<]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character) || (character === ">" && text.charAt(at - 1) !== "=")) {
      depth -= 1;
    } else if (character === "," && depth === 0) {
      items.push(text.slice(start, at));
      start = at + 1;
    }
  }
  const last = text.slice(start, close);
  return last.trim() === "" ? items : [...items, last];
}
