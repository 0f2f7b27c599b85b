import path from "node:path";
import { findNamedValues, tokenForms } from "../../leaks/index.ts";
import { readTextFile } from "../../system/index.ts";
import type { BundledFunction } from "../contents/contents.ts";
import { originalFile } from "./original-file.ts";

/** A text in an artifact that looks like a secret. It never holds the secret itself. */
export interface Secret {
  /** What it looks like, and as much of it as may be shown. */
  readonly what: string;
  /** The source file, relative to the service's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** In a comment on the same line or the one above it, with the reason: this is no secret. */
const marker = /not-a-secret: *\S/;

/**
 * Finds what looks like a secret in the files of a function's zip, packages included. Code that was
 * left out of the bundle, and comments, are not there, and so are no finding.
 */
export async function findSecrets(directory: string, bundle: BundledFunction): Promise<Secret[]> {
  const found = new Map<string, Secret>();
  const sources = new Sources(directory, bundle);
  for (const [name, contents] of Object.entries(bundle.files)) {
    const { code, tokens } = read(contents);
    for (const { what, value, at } of tokens) {
      const place = await sources.placeOf(value, name, code, at);
      if (place !== undefined) found.set(JSON.stringify(place), { what, ...place });
    }
    for (const { what, place } of await sources.namedValuesIn(code)) {
      const key = JSON.stringify(place);
      if (!found.has(key)) found.set(key, { what, ...place });
    }
  }
  return [...found.values()];
}

type Place = Pick<Secret, "file" | "line" | "column">;

/** Functions share their packages: these are looked through once. */
const known = new WeakMap<Uint8Array, ReturnType<typeof readAnew>>();

function read(contents: Uint8Array) {
  const found = known.get(contents) ?? readAnew(contents);
  known.set(contents, found);
  return found;
}

function readAnew(contents: Uint8Array) {
  const code = new TextDecoder().decode(contents);
  return { code, tokens: tokensIn(code) };
}

function tokensIn(code: string) {
  return tokenForms.flatMap(({ name, pattern, shown }) =>
    [...code.matchAll(pattern)].map((match) => {
      const value = match[1] ?? match[0];
      const start = shown === 0 ? "" : `${value.slice(0, shown)}…, `;
      return { what: `${name} (${start}${value.length} characters)`, value, at: match.index };
    }),
  );
}

/** The source files of one function, read when they are asked for. */
class Sources {
  readonly #directory: string;
  readonly #bundle: BundledFunction;
  readonly #texts = new Map<string, Promise<string>>();

  constructor(directory: string, bundle: BundledFunction) {
    this.#directory = directory;
    this.#bundle = bundle;
  }

  /** Where a value of the bundle was written; nothing where it is marked as none. */
  async placeOf(value: string, file: string, code: string, at: number): Promise<Place | undefined> {
    let isMarked = false;
    for (const input of this.#inside()) {
      const text = await this.#text(input);
      for (const index of occurrences(text, value)) {
        const place = unmarked(input, text, index);
        if (place !== undefined) return place;
        isMarked = true;
      }
    }
    if (isMarked) return undefined;
    // Written in pieces, or in other characters.
    const map = this.#bundle.sourceMaps[`${file}.map`];
    const original = originalFile(map, code, at);
    const end = original?.source.replace(/^(\.\.\/)+/, "");
    const input = this.#inside().find((one) => one.replace(/^(\.\.\/)+/, "") === end);
    if (original === undefined || input === undefined) return { file, line: 1, column: at + 1 };
    return unmarkedAt(input, await this.#text(input), original.line, original.column);
  }

  /** Values that the service's own source calls a secret, and that are in the bundle. */
  async namedValuesIn(code: string): Promise<{ what: string; place: Place }[]> {
    const found: { what: string; place: Place }[] = [];
    const own = this.#bundle.inputs.filter((one) => one.package === undefined && one.bytes > 0);
    for (const input of own) {
      const text = await this.#text(input.path);
      for (const { name, value, at } of findNamedValues(text)) {
        const place = code.includes(value) ? unmarked(input.path, text, at) : undefined;
        if (place === undefined) continue;
        found.push({ what: `the value of "${name}" (${value.length} characters)`, place });
      }
    }
    return found;
  }

  /** What is left in the bundle, the service's own source first. */
  #inside(): string[] {
    const inside = this.#bundle.inputs.filter(({ bytes }) => bytes > 0);
    const own = inside.filter((one) => one.package === undefined);
    return [...own, ...inside.filter((one) => one.package !== undefined)].map((one) => one.path);
  }

  #text(input: string): Promise<string> {
    const text =
      this.#texts.get(input) ?? readTextFile(path.join(this.#directory, input)).catch(() => "");
    this.#texts.set(input, text);
    return text;
  }
}

/** Where a text stands in another; a line break in it may be written as one or as `\\n`. */
function* occurrences(text: string, value: string): Generator<number> {
  const forms = new Set([value, value.replaceAll("\n", "\\n"), value.replaceAll("\\n", "\n")]);
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) yield at;
  }
}

function unmarked(file: string, text: string, index: number): Place | undefined {
  const before = text.slice(0, index).split("\n");
  return unmarkedAt(file, text, before.length, (before.at(-1) ?? "").length + 1);
}

function unmarkedAt(file: string, text: string, line: number, column: number): Place | undefined {
  const lines = text.split("\n").slice(Math.max(0, line - 2), line);
  return lines.some((one) => marker.test(one)) ? undefined : { file, line, column };
}
