import { parse } from "@babel/parser";
import type { Statement } from "@babel/types";
import { compareNames } from "../sort-imports.ts";
import { Splices } from "./splices.ts";

/** What stands in a module before what it exports. */
export interface ModuleHead {
  /** The text of what each constant is, by its name. */
  readonly constants: ReadonlyMap<string, string>;
  /** Every name that is taken there, of an import or a constant. */
  readonly names: ReadonlySet<string>;
}

export function readHead(source: string): ModuleHead {
  const constants = new Map<string, string>();
  const names = new Set<string>();
  for (const statement of statementsOf(source)) {
    if (statement.type === "ImportDeclaration") {
      for (const { local } of statement.specifiers) names.add(local.name);
    } else if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations) {
        if (id.type !== "Identifier") continue;
        names.add(id.name);
        if (init) constants.set(id.name, source.slice(init.start ?? 0, init.end ?? 0));
      }
    }
  }
  return { constants, names };
}

/**
 * A module with one import more, where the formatter would have it, and further constants behind those that are there.
 *
 * @param imported the statement; it has a path that begins with a dot
 * @param constants a statement each
 */
export function withHead(source: string, imported: string, constants: readonly string[]): string {
  const statements = statementsOf(source);
  const imports = statements.filter((one) => one.type === "ImportDeclaration");
  const splices = new Splices(source);
  const from = /"([^"]+)"/.exec(imported)?.[1] ?? "";
  const next = imports.find(
    ({ source: { value } }) => value.startsWith(".") && compareNames(value, from) > 0,
  );
  const behind = imports.at(-1)?.end ?? 0;
  if (next) splices.replace(next.start ?? 0, next.start ?? 0, `${imported}\n`);
  else splices.replace(behind, behind, behind === 0 ? `${imported}\n` : `\n${imported}`);
  const isConstant = ({ type }: Statement) => type === "VariableDeclaration";
  const last = statements.findLast(isConstant) ?? imports.at(-1);
  if (constants.length > 0) {
    const at = endOfLine(source, last?.end ?? 0);
    const gap = last !== undefined && isConstant(last) ? "\n" : "\n\n";
    splices.replace(at, at, gap + constants.join("\n"));
  }
  return splices.text();
}

/** Those before the export. */
function statementsOf(source: string): Statement[] {
  const { body } = parse(source, { sourceType: "module", plugins: ["typescript"] }).program;
  const end = body.findIndex(({ type }) => type === "ExportDefaultDeclaration");
  return end === -1 ? body : body.slice(0, end);
}

/** Behind what else is said on the line. */
function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end === -1 ? source.length : end;
}
