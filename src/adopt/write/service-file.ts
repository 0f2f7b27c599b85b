import type { Problem } from "../../errors/index.ts";
import type { Definition } from "./definition.ts";

/** As the formatter of most projects has it, and ours. */
const lineWidth = 100;
const indentation = "  ";

/**
 * `service.ts` with this definition, laid out as Biome and Prettier would, and each problem a comment where it is
 * to be corrected: before the value, or at the end of what has to have it.
 */
export function serviceFile(
  definition: Definition,
  problems: readonly Problem[],
  from: string,
): string {
  const notes = new Notes(definition, problems);
  const lines = [
    'import { defineService } from "lambdakit";',
    "",
    ...commentLines(`Adopted from ${from}. From now on this file is the one to change.`, ""),
    `export default defineService(${objectText(definition, [], "", notes)});`,
    "",
  ];
  return lines.join("\n");
}

type Path = readonly (string | number)[];

/** The comments of each place: before a value, or inside an object where something is missing. */
class Notes {
  readonly #before = new Map<string, string[]>();
  readonly #inside = new Map<string, string[]>();

  constructor(definition: Definition, problems: readonly Problem[]) {
    for (const { path, message, fix } of problems) {
      const { found, isMissing } = nearest(definition, path);
      const place = isMissing ? this.#inside : this.#before;
      const key = JSON.stringify(found);
      place.set(key, [...(place.get(key) ?? []), message, `fix: ${fix}`]);
    }
  }

  before(path: Path): readonly string[] {
    return this.#before.get(JSON.stringify(path)) ?? [];
  }

  inside(path: Path): readonly string[] {
    return this.#inside.get(JSON.stringify(path)) ?? [];
  }

  /** Whether anything in there has a comment, so that it cannot be one line. */
  has(path: Path): boolean {
    const start = JSON.stringify(path).slice(0, -1);
    return [...this.#before.keys(), ...this.#inside.keys()].some(
      (key) => key === `${start}]` || key.startsWith(path.length === 0 ? start : `${start},`),
    );
  }
}

/** The deepest property on the way to a problem: items of lists have no lines of their own. */
function nearest(definition: Definition, path: Path): { found: Path; isMissing: boolean } {
  let value: unknown = definition;
  for (const [position, key] of path.entries()) {
    if (Array.isArray(value)) return { found: path.slice(0, position), isMissing: false };
    const inner = Object(value)[key];
    if (inner === undefined) {
      const isObject = typeof value === "object" && value !== null;
      return { found: path.slice(0, position), isMissing: isObject };
    }
    value = inner;
  }
  return { found: path, isMissing: false };
}

function objectText(value: object, path: Path, indent: string, notes: Notes): string {
  const inner = indent + indentation;
  const lines = Object.entries(value).flatMap(([key, one]) => {
    const below = [...path, key];
    const start = `${inner}${keyText(key)}: `;
    const isApart = path.length === 0 && typeof one === "object";
    return [
      ...(isApart ? [""] : []),
      ...notes.before(below).flatMap((note) => commentLines(note, inner)),
      `${start}${valueText(one, below, inner, start.length, notes)},`,
    ];
  });
  lines.push(...notes.inside(path).flatMap((note) => commentLines(note, inner)));
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

function valueText(
  value: unknown,
  path: Path,
  indent: string,
  column: number,
  notes: Notes,
): string {
  const flat = flatText(value);
  const fits = column + flat.length + 1 <= lineWidth;
  if (Array.isArray(value)) {
    if (fits && !hasSeveralObjects(value)) return flat;
    const inner = indent + indentation;
    const items = value.map(
      (item, position) =>
        `${inner}${valueText(item, [...path, position], inner, inner.length, notes)},`,
    );
    return `[\n${items.join("\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return flat;
  if (notes.has(path)) return objectText(value, path, indent, notes);
  return fits && isInline(value, path) ? flat : objectText(value, path, indent, notes);
}

/** Keys, grants and the like are read on one line; what has parts of its own, below each other. */
function isInline(value: object, path: Path): boolean {
  if (path[0] === "api") return path.length > 1 && Object.keys(value).length === 1;
  if (path.length < 3 || path.at(-1) === "indexes" || path.at(-1) === "tables") return false;
  return !Object.keys(value).some((key) => key.includes(" "));
}

/** The formatters break a list of several objects, or lists, that have more than one part each. */
function hasSeveralObjects(list: readonly unknown[]): boolean {
  return (
    list.length > 1 &&
    list.every((one) => typeof one === "object" && one !== null && Object.keys(one).length > 1)
  );
}

function flatText(value: unknown): string {
  if (typeof value === "string") return textLiteral(value);
  if (Array.isArray(value)) return `[${value.map(flatText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.entries(value).map(([key, one]) => `${keyText(key)}: ${flatText(one)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textLiteral(key);
}

/** In double quotes, or in single ones where that takes fewer escapes, as the formatters have it. */
function textLiteral(text: string): string {
  const double = JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, escaped);
  const count = (mark: string) => text.split(mark).length - 1;
  if (count('"') <= count("'")) return double;
  const inner = double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function commentLines(text: string, indent: string): string[] {
  const words = text.replace(/\s+/g, " ").split(" ");
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineWidth) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(`${indent}// ${word}`);
  }
  return lines;
}
