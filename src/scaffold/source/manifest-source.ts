import { parse } from "@babel/parser";
import type { Node, ObjectExpression, ObjectProperty } from "@babel/types";
import { literalData } from "./literal-data.ts";
import { keyOf } from "./property-key.ts";
import { Splices } from "./splices.ts";

type Path = readonly string[];

/**
 * The source of a `service.ts`, in which values can be replaced. Nothing else of it changes: comments, empty lines and
 * the form of everything that is not named stay as they are.
 */
export class ManifestSource {
  readonly #source: string;
  readonly #root: ObjectExpression;
  readonly #splices: Splices;

  constructor(source: string, root: ObjectExpression) {
    this.#source = source;
    this.#root = root;
    this.#splices = new Splices(source);
  }

  /** Writes another value where one is. @param value its further lines begin at column 0 */
  set(path: Path, value: string): void {
    const { start, value: there } = this.#property(path);
    const text = value.replaceAll("\n", `\n${this.#indentAt(start ?? 0)}`);
    this.#splices.replace(there.start ?? 0, there.end ?? 0, text);
  }

  /** Writes something else in the place of a property, with its comma. */
  replaceProperty(path: Path, text: string): void {
    const { start, end } = this.#property(path);
    this.#splices.replace(start ?? 0, this.#behindComma(end ?? 0), text);
  }

  /** Takes a property away, with its lines and an empty one before it. */
  remove(path: Path): void {
    const { start, end } = this.#property(path);
    const lineStart = this.#source.lastIndexOf("\n", start ?? 0) + 1;
    const next = this.#source.indexOf("\n", this.#behindComma(end ?? 0)) + 1;
    const isApart = this.#source.slice(0, lineStart).endsWith("\n\n");
    const isLastOfGroup = /^(?:\n|\s*[)}\]])/.test(this.#source.slice(next));
    this.#splices.replace(lineStart - (isApart && isLastOfGroup ? 1 : 0), next, "");
  }

  /**
   * Writes properties behind the others of an object, on its line where it has but one.
   *
   * @param properties each with its key, without a comma; further lines of one begin at column 0
   */
  add(path: Path, ...properties: readonly string[]): void {
    const object = this.#value(path);
    if (object.type !== "ObjectExpression") throw new TypeError(`${path.join(".")} is no object`);
    this.#insert(object, properties);
  }

  /** Writes properties into an object of the manifest, and the object where there is none. */
  addInto(key: string, ...properties: readonly string[]): void {
    if (this.has([key])) {
      this.add([key], ...properties);
      return;
    }
    const lines = properties.map((one) => `  ${`${one},`.replaceAll("\n", "\n  ")}\n`);
    this.add([], `${key}: {\n${lines.join("")}}`);
  }

  /** Writes an entry behind the others of a list, on the line of its last. */
  addEntry(path: Path, text: string): void {
    const list = this.#value(path);
    if (list.type !== "ArrayExpression") throw new TypeError(`${path.join(".")} is no list`);
    const last = list.elements.at(-1);
    const at = last?.end ?? (list.start ?? 0) + 1;
    this.#splices.replace(at, at, last == null ? text : `, ${text}`);
  }

  has(path: Path): boolean {
    return this.#find(path) !== undefined;
  }

  /** The keys of an object; none where there is no object. */
  keys(path: Path): string[] {
    const object = this.#find(path)?.value;
    if (object?.type !== "ObjectExpression") return [];
    return object.properties.flatMap((one) => {
      const key = one.type === "ObjectProperty" ? keyOf(one.key) : undefined;
      return key === undefined ? [] : [key];
    });
  }

  /** How a value is written; its further lines begin at column 0, as those that are written here do. */
  textOf(path: Path): string {
    const { start, value } = this.#property(path);
    const text = this.#source.slice(value.start ?? 0, value.end ?? 0);
    return text.replaceAll(`\n${this.#indentAt(start ?? 0)}`, "\n");
  }

  /** A value, as far as it says itself what it is: without what it has from a variable or a call. */
  dataOf(path: Path): unknown {
    return literalData(this.#property(path).value);
  }

  text(): string {
    return this.#splices.text();
  }

  #insert({ start, end, properties }: ObjectExpression, added: readonly string[]): void {
    const [opening, closing] = [start ?? 0, (end ?? 0) - 1];
    const last = properties.at(-1);
    const isOnOneLine = ![this.#source.slice(opening, closing), ...added].join("").includes("\n");
    if (isOnOneLine && last !== undefined) {
      this.#splices.replace(last.end ?? 0, last.end ?? 0, `, ${added.join(", ")}`);
      return;
    }
    const indent = this.#indentAt(opening);
    const lines = added.flatMap((one) => `${one},`.split("\n"));
    const text = lines.map((line) => `\n${indent}  ${line}`).join("");
    const behind = last === undefined ? opening + 1 : this.#behindComma(last.end ?? 0);
    if (last !== undefined && this.#source.charAt(behind - 1) !== ",") {
      this.#splices.replace(behind, behind, ",");
    }
    // Before the line of the brace: behind what else is said on the last line.
    const isBraceAlone = /\n[ \t]*$/.test(this.#source.slice(behind, closing));
    const at = isBraceAlone ? this.#source.lastIndexOf("\n", closing) : closing;
    this.#splices.replace(at, at, isBraceAlone ? text : `${text}\n${indent}`);
  }

  /** What the line of a place begins with. */
  #indentAt(place: number): string {
    const lineStart = this.#source.lastIndexOf("\n", place) + 1;
    return /^[ \t]*/.exec(this.#source.slice(lineStart))?.[0] ?? "";
  }

  #value(path: Path): Node {
    return path.length === 0 ? this.#root : this.#property(path).value;
  }

  #behindComma(end: number): number {
    const comma = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*,/.exec(this.#source.slice(end));
    return end + (comma?.[0].length ?? 0);
  }

  #property(path: Path): ObjectProperty {
    const found = this.#find(path);
    if (found === undefined) throw new TypeError(`there is no ${path.join(".")}`);
    return found;
  }

  #find(path: Path): ObjectProperty | undefined {
    let object: Node = this.#root;
    let found: ObjectProperty | undefined;
    for (const key of path) {
      if (object.type !== "ObjectExpression") return undefined;
      found = object.properties.find(
        (one): one is ObjectProperty => one.type === "ObjectProperty" && keyOf(one.key) === key,
      );
      if (found === undefined) return undefined;
      object = found.value;
    }
    return found;
  }
}

/**
 * @param source that exports `defineService({ ... })`
 * @throws {SyntaxError} where it cannot be parsed
 * @throws {TypeError} where it has no such object
 */
export function openManifest(source: string): ManifestSource {
  const { program } = parse(source, { sourceType: "module", plugins: ["typescript"] });
  for (const statement of program.body) {
    if (statement.type !== "ExportDefaultDeclaration") continue;
    const { declaration } = statement;
    const value = declaration.type === "CallExpression" ? declaration.arguments[0] : declaration;
    if (value?.type === "ObjectExpression") return new ManifestSource(source, value);
  }
  throw new TypeError("it exports no object");
}
