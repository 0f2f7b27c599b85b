import { parse } from "@babel/parser";
import type { Node, ObjectExpression, ObjectProperty } from "@babel/types";
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

  /** Writes another value where one is. */
  set(path: Path, value: string): void {
    const { value: there } = this.#property(path);
    this.#splices.replace(there.start ?? 0, there.end ?? 0, value);
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

  text(): string {
    return this.#splices.text();
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

function keyOf(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "StringLiteral" ? key.value : undefined;
}
