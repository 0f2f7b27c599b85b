import { parseLevel, reaches } from "./level.ts";
import type { ParsedLine } from "./parse-line.ts";

/** Whether a line is wanted. */
export type LineFilter = (line: ParsedLine) => boolean;

const operators = ["!=", ">=", "<=", "=", ">", "<"] as const;
type Operator = (typeof operators)[number];

interface Condition {
  readonly path: readonly string[];
  readonly operator: Operator;
  readonly value: string;
}

/** `status>=500`, `error.name=TypeError`, `message="not found"` */
const oneCondition = /^([A-Za-z_][\w.-]*)(!=|>=|<=|=|>|<)("(?:[^"\\]|\\.)*"|[^\s"]+)(?:\s+|$)/;

/**
 * What to look for. Conditions on the fields of JSON lines, with spaces between them, where all of it is conditions:
 * all have to hold. Else a text that has to be in the line, as it is; in quotation marks, too.
 */
export function parseFilter(written: string): LineFilter {
  const conditions = parseConditions(written.trim());
  if (conditions !== undefined) {
    return (line) => conditions.every((condition) => holds(condition, line));
  }
  const text = unquoted(written);
  return (line) => line.text.includes(text);
}

function parseConditions(written: string): Condition[] | undefined {
  const conditions: Condition[] = [];
  let rest = written;
  while (rest !== "") {
    const [whole, path, operator, value] = oneCondition.exec(rest) ?? [];
    if (whole === undefined || path === undefined || value === undefined) return undefined;
    conditions.push({
      path: path.split("."),
      operator: operator as Operator,
      value: unquoted(value),
    });
    rest = rest.slice(whole.length);
  }
  return conditions.length === 0 ? undefined : conditions;
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(["\\])/g, "$1") : text;
}

function holds({ path, operator, value }: Condition, { level, fields }: ParsedLine): boolean {
  const [name, ...more] = path;
  if (name === "level" && more.length === 0) return levelHolds(level, operator, value);
  const found = path.reduce<unknown>((at, key) => ownField(at, key), fields);
  // What is not there is not different either: nobody looks for all lines without the field.
  if (found === undefined) return false;
  if (operator === "=" || operator === "!=") {
    const text = typeof found === "object" ? JSON.stringify(found) : String(found);
    return (text === value) === (operator === "=");
  }
  const [one, other] = [Number(found), Number(value)];
  return compare(operator, one, other);
}

function levelHolds(level: ParsedLine["level"], operator: Operator, value: string): boolean {
  const other = parseLevel(value);
  if (other === undefined) return operator === "!=";
  const order = Number(reaches(level, other)) - Number(reaches(other, level));
  return operator === "!="
    ? order !== 0
    : operator === "="
      ? order === 0
      : compare(operator, order, 0);
}

function compare(operator: Operator, one: number, other: number): boolean {
  if (operator === ">") return one > other;
  if (operator === ">=") return one >= other;
  return operator === "<" ? one < other : one <= other;
}

function ownField(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
