import type { Adoption, Loss } from "../../adopt/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";
import type { Style } from "../style.ts";

/** What a manifest has of its source. */
export interface Carried {
  readonly functions: number;
  readonly routes: number;
  readonly tables: number;
  readonly indexes: number;
}

export function carriedIn({ definition }: Adoption): Carried {
  const functions = Object.values(Object(definition.functions));
  const tables = Object.values(Object(definition.tables));
  const sizeOf = (value: unknown) => Object.keys(Object(value)).length;
  return {
    functions: functions.length,
    routes: functions.reduce<number>((sum, one) => sum + sizeOf(Object(one).routes), 0),
    tables: tables.length,
    indexes: tables.reduce<number>((sum, one) => sum + sizeOf(Object(one).indexes), 0),
  };
}

/** What became of a source: how much of it is carried over, and each part that is not, by its reason. */
export function reportText(adoption: Adoption, columns: number, style: Style): string {
  const { functions, routes, tables, indexes } = carriedIn(adoption);
  const counts = [
    counted(functions, "function"),
    counted(routes, "route"),
    counted(tables, "table"),
    counted(indexes, "index", "indexes"),
  ];
  const { losses, problems } = adoption;
  return [
    ...foldBehind("carried over  ", counts.join(", "), columns),
    ...foldBehind("not carried   ", counted(losses.length, "part"), columns),
    ...foldBehind("left to you   ", counted(problems.length, "problem"), columns),
    ...byReason(losses).flatMap((group) => groupLines(group, columns, style)),
    ...(problems.length === 0 ? [] : ["", style.bold("Left to you")]),
    ...problems.flatMap(({ path, message, fix }) => [
      "",
      ...foldBehind("  ", path.join("."), columns).map(style.bold),
      ...foldBehind("    ", message, columns),
      ...foldBehind("    ", `fix: ${fix}`, columns),
    ]),
  ].join("\n");
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** In the order of the source, by the first of each: what has the same reason is read once. */
function byReason(losses: readonly Loss[]): (readonly Loss[])[] {
  const groups = new Map<string, Loss[]>();
  for (const loss of losses) {
    const reason = `${loss.why}\n${loss.instead}`;
    groups.set(reason, [...(groups.get(reason) ?? []), loss]);
  }
  return [...groups.values()];
}

function groupLines(group: readonly Loss[], columns: number, style: Style): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    "",
    ...group.flatMap(({ place: { file, line, column }, what }) => {
      const lines = fold(`${file}:${line}:${column} ${what}`, columns, 2);
      return lines.map((one) => style.bold(one));
    }),
    ...foldBehind("  why      ", first.why, columns),
    ...foldBehind("  instead  ", first.instead, columns),
  ];
}
