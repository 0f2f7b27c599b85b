import type { TableAction } from "../../manifest/index.ts";
import type { AdoptedGrant, AdoptedTable } from "../model.ts";
import type { Ledger } from "../source/ledger.ts";
import {
  childOf,
  entriesOf,
  itemsOf,
  type Piece,
  piecesOf,
  type Tree,
  textOf,
} from "../source/tree.ts";

/** In the order in which a manifest lists them. */
export const tableActions = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "Scan",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
] as const satisfies readonly TableAction[];

const indexActions: readonly TableAction[] = ["Query", "Scan"];

/**
 * Reads IAM statements: what they allow on the items of the service's own tables are grants, and everything else
 * is listed. A statement with a condition that a grant cannot say is listed as a whole: without it, it would allow more.
 */
export function readStatements(
  statements: readonly Tree[],
  tables: readonly AdoptedTable[],
  ledger: Ledger,
): AdoptedGrant[] {
  return statements.flatMap((statement) => readStatement(statement, tables, ledger));
}

function readStatement(
  statement: Tree,
  tables: readonly AdoptedTable[],
  ledger: Ledger,
): AdoptedGrant[] {
  const actions = itemsOf(childOf(statement, "Action"));
  const names = actions.map((one) => textOf(one) ?? "(unknown)");
  const said = `statement: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", ..." : ""}`;
  const lose = (why: string, instead: string) => {
    ledger.lose(statement, { why, instead }, said);
    return [];
  };
  if (textOf(childOf(statement, "Effect")) !== "Allow" || actions.length === 0) {
    return lose("it is not one that allows actions", "see that nothing else allows what it denied");
  }
  if (!names.some((name) => /^(?:dynamodb:|\*$)/i.test(name))) {
    return lose(
      "functions of a manifest get permissions for its tables and secrets",
      "add them to the function's role in Terraform of your own (lambdakit eject --only terraform)",
    );
  }
  const condition = childOf(statement, "Condition");
  const partitionKeys = condition === undefined ? undefined : leadingKeys(condition);
  if (condition !== undefined && partitionKeys === undefined) {
    return lose(
      "its condition is none that a grant can have",
      "write the grant under tables of the function, with partitionKeys if they say the same",
    );
  }
  const targets = itemsOf(childOf(statement, "Resource")).map((one) => ({
    one,
    found: targetsOf(one, tables),
  }));
  if (targets.every(({ found }) => found.length === 0)) {
    return lose(
      "it is about a table that is not in this file",
      "declare the table with existing: true, and grant the function what it needs of it",
    );
  }
  for (const { one, found } of targets) {
    if (found.length > 0) ledger.carry(one);
    else ledger.lose(one, { why: "it is no table of this file", instead: "see the statement" });
  }
  ledger.carry(childOf(statement, "Effect"), childOf(statement, "Sid"), condition);
  const allowed = actions.map((action) => allowedBy(action, ledger));
  const allow = tableActions.filter((one) => allowed.some((some) => some.includes(one)));
  return targets
    .flatMap(({ found }) => found)
    .flatMap(({ table, index }): AdoptedGrant[] => {
      const possible = index === undefined ? allow : allow.filter((a) => indexActions.includes(a));
      if (possible.length === 0) return [];
      return [
        {
          table,
          allow: possible,
          ...(index === undefined ? {} : { index }),
          ...(partitionKeys === undefined ? {} : { partitionKeys }),
        },
      ];
    });
}

/** `dynamodb:Get*` is every action that it fits; one that is none on items is listed. */
function allowedBy(action: Tree, ledger: Ledger): TableAction[] {
  const name = textOf(action) ?? "";
  const pattern = name === "*" ? "*" : (/^dynamodb:(.*)$/i.exec(name)?.[1] ?? "");
  const allowed = tableActions.filter((one) => fits(pattern, one));
  if (allowed.length === 0) {
    ledger.lose(
      action,
      {
        why: "a grant is for operations on items",
        instead: "remove the call, or add the permission in Terraform of your own",
      },
      name,
    );
  } else if (/[*?]/.test(pattern)) {
    ledger.lose(
      action,
      {
        why: `of it, a grant can say ${allowed.length === tableActions.length ? "the operations on items" : allowed.join(", ")}`,
        instead: "nothing, if the function does nothing else at the table",
      },
      name,
    );
  } else ledger.carry(action);
  return allowed;
}

/** IAM's wildcards, and its indifference to capitals. */
function fits(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(name);
}

/** `dynamodb:LeadingKeys` with values that are known: a grant's `partitionKeys`. */
function leadingKeys(condition: Tree): readonly string[] | undefined {
  const [operator, second] = entriesOf(condition);
  if (operator === undefined || second !== undefined) return undefined;
  if (!/^ForAllValues:String(?:Equals|Like)$/i.test(operator.key)) return undefined;
  const [key, other] = entriesOf(operator.value);
  if (key?.key.toLowerCase() !== "dynamodb:leadingkeys" || other !== undefined) return undefined;
  const values = itemsOf(key.value).map(textOf);
  const known = values.filter((value): value is string => value !== undefined && value !== "");
  const isPlain = known.length === values.length && !known.some((value) => value.includes("${"));
  return isPlain && known.length > 0 ? known : undefined;
}

interface Target {
  readonly table: string;
  readonly index?: string;
}

/** The tables and indexes that a resource of a statement means. */
export function targetsOf(resource: Tree, tables: readonly AdoptedTable[]): Target[] {
  if (resource.kind !== "scalar") return [];
  const pieces = piecesOf(resource);
  return tables.flatMap((table) => {
    const rest = behind(pieces, table);
    if (rest === undefined) return [];
    if (rest === "") return [{ table: table.id }];
    const indexes = table.indexes.filter(({ name }) => fits(rest, `/index/${name}`));
    const all = indexes.map(({ name }) => ({ table: table.id, index: name }));
    return rest === "*" ? [{ table: table.id }, ...all] : all;
  });
}

/** What stands behind the table's ARN; undefined where it is the ARN of something else. */
function behind(pieces: readonly Piece[], table: AdoptedTable): string | undefined {
  const position = pieces.findIndex(
    (piece) => typeof piece === "object" && "refers" in piece && piece.refers === table.id,
  );
  if (position >= 0) return textBehind(pieces, position + 1);
  const text = pieces.map((piece) => (typeof piece === "string" ? piece : "*")).join("");
  if (text === "*") return "*";
  const path = /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/(.*)$/.exec(text)?.[1];
  if (path === undefined) return undefined;
  const [name = "", ...below] = path.split(/(?=\/)/);
  const rest = below.join("");
  if (name === "*") return rest === "" ? "*" : rest;
  const own = [table.name, table.name?.replace(/-\{environment\}$/, "")];
  return own.some((one) => one !== undefined && fits(name, one)) ? rest : undefined;
}

function textBehind(pieces: readonly Piece[], from: number): string {
  return pieces
    .slice(from)
    .map((piece) => (typeof piece === "string" ? piece : "*"))
    .join("");
}
