import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
} from "yaml";
import { LambdakitError, type Place } from "../../errors/index.ts";
import type { Entry, Tree } from "./tree.ts";

/**
 * The longest template that CloudFormation takes, in bytes; Serverless makes one, too.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (2026-11-27)
 */
export const maxSourceBytes = 1_048_576;
/** Far more than either limit of CloudFormation lets a template have, and little enough to be walked at once. */
export const maxParts = 50_000;
/** Of maps and lists in each other. Templates have ten. */
const maxDepth = 64;

/**
 * Reads YAML, and with it JSON. `!Sub` and the other short tags of CloudFormation become their long form,
 * anchors are followed, and `<<` is merged.
 *
 * @throws {LambdakitError} ADOPT_UNREADABLE where it is no YAML, or not one document, or too much of it
 */
export function readYaml(file: string, text: string): Tree {
  if (text.length > maxSourceBytes) {
    throw unreadable(
      file,
      `It has ${text.length} characters, and a template at most ${maxSourceBytes}.`,
    );
  }
  const deep = firstTooDeep(text);
  if (deep !== undefined) throw tooDeep({ file, line: deep, column: 1 });
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    // Of their own tags, CloudFormation's are read below, and others are texts.
    logLevel: "silent",
    resolveKnownTags: true,
  });
  const all = Array.isArray(documents) ? documents : [];
  for (const { errors } of all) {
    const [error] = errors;
    if (error === undefined) continue;
    const { line, col } = lines.linePos(error.pos[0]);
    const reason = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "";
    throw unreadable(`${file}:${line}:${col}`, `It is no YAML: ${reason}.`);
  }
  const [document, second] = all;
  if (second !== undefined) {
    throw unreadable(file, `It has ${all.length} documents, separated by "---", and may have one.`);
  }
  if (document === undefined || document.contents === null) {
    throw unreadable(file, "There is nothing in it.");
  }
  return new Conversion(file, lines).tree(document.contents);
}

/** The parser calls itself for each level, so that what is too deep has to be found before it. */
function firstTooDeep(text: string): number | undefined {
  let open = 0;
  let line = 1;
  for (const character of text) {
    if (character === "\n") line += 1;
    else if (character === "[" || character === "{") open += 1;
    else if (character === "]" || character === "}") open = Math.max(0, open - 1);
    if (open > maxBrackets) return line;
  }
  const nested = text.split("\n").findIndex((one) => /^\s*(?:[-?:] +){65}/.test(one));
  return nested < 0 ? undefined : nested + 1;
}

/** Brackets in texts are counted, too, and need not be closed: this is no more than what a parser's stack takes. */
const maxBrackets = 1_000;

function unreadable(at: string, message: string): LambdakitError {
  return new LambdakitError("ADOPT_UNREADABLE", {
    message,
    fix: "correct the file, and run the command again",
    at,
  });
}

/** @returns what says that a file's values lead to each other in a circle, or to too many */
export function endless({ file, line, column }: Place, message: string): LambdakitError {
  return unreadable(`${file}:${line}:${column}`, message);
}

function tooDeep(place: Place): LambdakitError {
  return endless(place, `Maps and lists stand in each other more than ${maxDepth} deep.`);
}

/** From the parser's nodes to ours. */
class Conversion {
  readonly #file: string;
  readonly #lines: LineCounter;
  /** What each anchor is by now: an alias means the last one before it. */
  readonly #anchors = new Map<string, Node>();
  /** What each node became where it is written: copies by its alias are made of it. */
  readonly #made = new Map<Node, Tree>();
  readonly #open = new Set<Node>();
  #parts = 0;

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  tree(node: Node | null, path = "", place?: Place, depth = 0): Tree {
    const here = place ?? this.#placeOf(node);
    this.#parts += 1;
    if (this.#parts > maxParts) {
      throw endless(here, `Its anchors come to more than ${maxParts.toLocaleString("en")} parts.`);
    }
    if (depth > maxDepth) throw tooDeep(here);
    if (isAlias(node)) return this.#followed(node, path, here, depth);
    if (node?.anchor) this.#anchors.set(node.anchor, node);
    const base = { place: here, path, origins: [] };
    const tag = node === null ? undefined : shortTag(node.tag);
    if (node !== null && tag !== undefined) {
      const inner = this.#plain(node, `${path}.${tag}`, here, depth + 1);
      return { ...base, kind: "map", entries: [{ key: tag, value: inner }] };
    }
    const made = this.#plain(node, path, here, depth);
    if (node !== null && !this.#made.has(node)) this.#made.set(node, made);
    return made;
  }

  #plain(node: Node | null, path: string, place: Place, depth: number): Tree {
    const base = { place, path, origins: [] };
    if (isMap(node)) {
      return this.#within(node, place, () => ({
        ...base,
        kind: "map",
        entries: merged(node.items.flatMap((pair) => this.#entries(pair, path, depth))),
      }));
    }
    if (isSeq(node)) {
      return this.#within(node, place, () => ({
        ...base,
        kind: "list",
        items: node.items.map((item, position) =>
          this.tree(item as Node, `${path}[${position}]`, undefined, depth + 1),
        ),
      }));
    }
    if (!isScalar(node) || node.value === null) return { ...base, kind: "scalar", text: null };
    const text = typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
    return { ...base, kind: "scalar", text };
  }

  #entries(pair: Pair, path: string, depth: number): readonly (Entry & { merge?: true })[] {
    const keyNode = pair.key as Node | null;
    const key = isScalar(keyNode) ? String(keyNode.source ?? keyNode.value) : String(keyNode);
    const below = path === "" ? key : `${path}.${key}`;
    const value = this.tree(pair.value as Node, below, this.#placeOf(keyNode), depth + 1);
    if (key !== "<<") return [{ key, value }];
    const sources = value.kind === "list" ? value.items : [value];
    return sources.flatMap((one) =>
      one.kind === "map" ? one.entries.map((entry) => ({ ...entry, merge: true as const })) : [],
    );
  }

  #followed(alias: Alias, path: string, place: Place, depth: number): Tree {
    const target = this.#anchors.get(alias.source);
    if (target === undefined || this.#open.has(target)) {
      throw endless(place, "It has an anchor that leads to itself, or to nothing.");
    }
    const first = this.#made.get(target);
    const copy = this.tree(target, path, undefined, depth + 1);
    return first === undefined ? copy : linked(copy, first);
  }

  #within(node: Node, place: Place, make: () => Tree): Tree {
    if (this.#open.has(node)) throw endless(place, "It has an anchor that leads to itself.");
    this.#open.add(node);
    try {
      return make();
    } finally {
      this.#open.delete(node);
    }
  }

  #placeOf(node: Node | null): Place {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { file: this.#file, line, column: col };
  }
}

/** Each part of a copy is made of the part of the same place in what it copies. */
function linked(copy: Tree, first: Tree): Tree {
  const origins = [...copy.origins, first];
  if (copy.kind === "list" && first.kind === "list") {
    const items = copy.items.map((item, position) => {
      const other = first.items[position];
      return other === undefined ? item : linked(item, other);
    });
    return { ...copy, origins, items };
  }
  if (copy.kind === "map" && first.kind === "map") {
    const entries = copy.entries.map(({ key, value }) => {
      const other = first.entries.find((one) => one.key === key)?.value;
      return { key, value: other === undefined ? value : linked(value, other) };
    });
    return { ...copy, origins, entries };
  }
  return { ...copy, origins };
}

/** What is written in a map wins over what is merged into it, and what was merged first over the next. */
function merged(entries: readonly (Entry & { merge?: true })[]): Entry[] {
  const own = entries.filter((one) => one.merge === undefined);
  const kept = new Map(own.map(({ key, value }) => [key, value]));
  for (const { key, value } of entries) if (!kept.has(key)) kept.set(key, value);
  return [...kept].map(([key, value]) => ({ key, value }));
}

/** `!Ref` → `Ref`, `!GetAtt` → `Fn::GetAtt` */
function shortTag(tag: string | undefined): string | undefined {
  const name = /^!([A-Za-z][\w:]*)$/.exec(tag ?? "")?.[1];
  if (name === undefined) return undefined;
  return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
}
