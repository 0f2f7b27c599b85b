import { environmentVariables } from "../../names.ts";
import type { AdoptedFunction, AdoptedTable } from "../model.ts";
import type { Ledger } from "../source/ledger.ts";
import { type Entry, piecesOf, shown, type Tree, textOf } from "../source/tree.ts";

/**
 * Reads environment variables. One that has a table's name is the table's `variable`; `LOG_LEVEL` is the
 * environment's; all others are listed, because a function of a manifest has no variables of its own.
 */
export function readVariables(
  entries: readonly Entry[],
  tables: readonly AdoptedTable[],
  ledger: Ledger,
): { readonly tables: AdoptedFunction["tableVariables"]; readonly logLevel: Tree | undefined } {
  const found = new Map<string, { name: string; from: Tree }>();
  let logLevel: Tree | undefined;
  for (const { key, value } of entries) {
    const table = tableNamed(value, tables);
    const level = textOf(value)?.toUpperCase();
    if (key === environmentVariables.logLevel && level !== undefined && levels.includes(level)) {
      logLevel = value;
    } else if (table !== undefined && /^[A-Z][A-Z0-9_]*$/.test(key) && !found.has(table.id)) {
      found.set(table.id, { name: key, from: value });
    } else {
      ledger.lose(value, reasonFor(key, value, table), `variable ${key}: ${shown(value)}`);
    }
  }
  return { tables: found, logLevel };
}

const levels = ["DEBUG", "INFO", "WARN", "ERROR"];

/**
 * One variable tells all functions a table's name: the first that any of them has. Functions with another are listed.
 */
export function chooseTableVariables(
  functions: readonly Pick<AdoptedFunction, "tableVariables">[],
  ledger: Ledger,
): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  const taken = new Set<string>();
  for (const { tableVariables } of functions) {
    for (const [table, { name, from }] of tableVariables) {
      const own = chosen.get(table);
      if (own === undefined && !taken.has(name)) {
        chosen.set(table, name);
        taken.add(name);
      }
      if (chosen.get(table) === name) ledger.carry(from);
      else {
        ledger.lose(
          from,
          {
            why: "a table's name is in one variable, the same for all functions",
            instead: `read it from ${chosen.get(table) ?? "the table's variable"}`,
          },
          `variable ${name}`,
        );
      }
    }
  }
  return chosen;
}

/** The level of all functions is the environment's: the first that any of them states. */
export function chooseLogLevel(
  stated: readonly (Tree | undefined)[],
  ledger: Ledger,
): string | undefined {
  const trees = stated.filter((tree) => tree !== undefined);
  const [level] = trees.map((tree) => textOf(tree)?.toUpperCase());
  for (const tree of trees) {
    if (textOf(tree)?.toUpperCase() === level) ledger.carry(tree);
    else {
      const why = "functions log from one level on, the environment's";
      ledger.lose(tree, { why, instead: "see logLevel under environments in service.ts" });
    }
  }
  return level;
}

/** The table whose name a value is. */
export function tableNamed(value: Tree, tables: readonly AdoptedTable[]): AdoptedTable | undefined {
  if (value.kind !== "scalar") return undefined;
  const [piece, second] = piecesOf(value);
  if (second === undefined && typeof piece === "object" && "refers" in piece) {
    return tables.find(({ id }) => id === piece.refers && piece.attribute !== "StreamArn");
  }
  const text = textOf(value);
  if (text === undefined) return undefined;
  return tables.find(({ name }) => name === text || name === `${text}-{environment}`);
}

function reasonFor(key: string, value: Tree, table: AdoptedTable | undefined) {
  if (Object.values<string>(environmentVariables).includes(key)) {
    return { why: "lambdakit sets it itself", instead: "nothing" };
  }
  if (table !== undefined) {
    return {
      why: "a table's name is in one variable of capital letters",
      instead: `read it from the variable of the table ${table.key}: lambdakit explain`,
    };
  }
  if (/secret|token|password|api_?key|credential/i.test(key) || isFromStore(value)) {
    return {
      why: "a secret's value stands nowhere but in its store",
      instead:
        "add it to secrets in service.ts, and read it with createSecrets; what is none, as code",
    };
  }
  return {
    why: "a function of a manifest has no variables of its own",
    instead: "put the value into the code, by ENVIRONMENT where it differs; a secret into secrets",
  };
}

function isFromStore(value: Tree): boolean {
  if (value.kind !== "scalar") return false;
  return piecesOf(value).some((piece) =>
    typeof piece === "string"
      ? /^\{\{resolve:(?:ssm-secure|secretsmanager)/.test(piece)
      : "unknown" in piece && /\$\{ssm|Parameter Store/.test(piece.unknown),
  );
}
