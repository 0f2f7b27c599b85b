import { architectures, runtimes } from "../manifest/index.ts";
import type { Ledger } from "./source/ledger.ts";
import { integerOf, type Tree, textOf } from "./source/tree.ts";

/** The service has one runtime: the first that functions have and a manifest knows. Others are listed. */
export function chooseRuntime(
  stated: readonly (Tree | undefined)[],
  ledger: Ledger,
): string | undefined {
  const trees = stated.filter((tree) => tree !== undefined);
  const known: readonly string[] = runtimes;
  const chosen = trees.map(textOf).find((text) => text !== undefined && known.includes(text));
  for (const tree of trees) {
    const runtime = textOf(tree);
    if (runtime === chosen && chosen !== undefined) ledger.carry(tree);
    else {
      const isNode = runtime?.startsWith("nodejs");
      ledger.lose(tree, {
        why: `functions of a manifest run on ${runtimes.join(" or ")}, all on one`,
        instead: isNode ? `test the code on ${chosen ?? runtimes[0]}` : "write it in TypeScript",
      });
    }
  }
  return chosen;
}

/** The service has one architecture. */
export function chooseArchitecture(
  stated: readonly (Tree | undefined)[],
  ledger: Ledger,
): string | undefined {
  const trees = stated.filter((tree) => tree !== undefined);
  const textIn = (tree: Tree) => textOf(tree.kind === "list" ? tree.items[0] : tree);
  const known: readonly string[] = architectures;
  const chosen = trees.map(textIn).find((text) => text !== undefined && known.includes(text));
  for (const tree of trees) {
    if (textIn(tree) === chosen && chosen !== undefined) ledger.carry(tree);
    else {
      const why = "all functions of a service have one architecture";
      ledger.lose(tree, { why, instead: `test the code on ${chosen ?? architectures[0]}` });
    }
  }
  return chosen;
}

/** A number that is carried over; one that is not known is listed. */
export function readInteger(tree: Tree | undefined, ledger: Ledger): number | undefined {
  const number = integerOf(tree);
  if (number !== undefined) ledger.carry(tree);
  else if (tree !== undefined) {
    const why = "its number is not in the file";
    ledger.lose(tree, { why, instead: "write it in service.ts" });
  }
  return number;
}

/** Keys and values that are texts; others are listed. */
export function readTags(
  entries: readonly { readonly key: string; readonly value: Tree }[],
  ledger: Ledger,
): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const { key, value } of entries) {
    const text = textOf(value);
    if (text === undefined || text.includes("{environment}")) continue;
    tags[key] = text;
    ledger.carry(value);
  }
  return tags;
}
