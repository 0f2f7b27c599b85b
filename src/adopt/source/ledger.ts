import type { Place } from "../../errors/index.ts";
import { childrenOf, isNothing, shown, type Tree } from "./tree.ts";

/** Something of the source that is not in the manifest. */
export interface Loss {
  readonly place: Place;
  /** The keys that lead to it in the source. */
  readonly path: string;
  /** What it was. */
  readonly what: string;
  readonly why: string;
  /** What to do about it. */
  readonly instead: string;
}

/** Why something is not carried over, and what to do. */
export type Reason = Pick<Loss, "why" | "instead">;

/**
 * What became of each part of the source: it is carried over, or it is listed. What nobody spoke of is
 * found at the end, so that nothing is dropped in silence.
 */
export class Ledger {
  readonly #accounted = new Set<Tree>();
  readonly #losses: Loss[] = [];

  /** A part, with all in it, is in the manifest, or says what is so anyway. */
  carry(...trees: readonly (Tree | undefined)[]): void {
    for (const tree of trees) if (tree !== undefined) this.#account(tree);
  }

  /** A part, with all in it, is not in the manifest. */
  lose(tree: Tree, reason: Reason, what = `${lastKey(tree.path)}: ${shown(tree)}`): void {
    this.#losses.push({ place: tree.place, path: tree.path, what, ...reason });
    this.#account(tree);
  }

  /**
   * What is listed, in the order of the source, with what nobody spoke of.
   *
   * @param sources the files as they were read
   */
  losses(sources: readonly Tree[], reasonFor: (tree: Tree) => Reason): readonly Loss[] {
    for (const tree of sources.flatMap((source) => this.#unaccounted(source))) {
      this.lose(tree, reasonFor(tree));
    }
    const seen = new Set<string>();
    const main = sources[0]?.place.file;
    return [...this.#losses]
      .sort((one, other) => byPlace(one, other, main))
      .filter(({ place, what }) => {
        const key = `${place.file}:${place.line}:${place.column} ${what}`;
        return !seen.has(key) && seen.add(key);
      });
  }

  #account(tree: Tree): void {
    if (this.#accounted.has(tree)) return;
    this.#accounted.add(tree);
    for (const one of [...tree.origins, ...childrenOf(tree)]) this.#account(one);
  }

  #unaccounted(tree: Tree): Tree[] {
    if (this.#accounted.has(tree) || isNothing(tree)) return [];
    const children = childrenOf(tree);
    const left = children.flatMap((child) => this.#unaccounted(child));
    const isWhole = tree.path !== "" && !isSection(tree) && !this.#touched(tree);
    return isWhole ? [tree] : left;
  }

  #touched(tree: Tree): boolean {
    return this.#accounted.has(tree) || childrenOf(tree).some((child) => this.#touched(child));
  }
}

/** What only holds other things: these are listed one by one, also where none of them is carried over. */
function isSection(tree: Tree): boolean {
  return tree.kind !== "scalar" && sections.includes(lastKey(tree.path));
}

const sections = [
  ...["Globals", "Function", "Api", "HttpApi", "Resources", "Properties", "Parameters"],
  ...["provider", "httpApi", "apiGateway", "iam", "role", "functions", "resources", "custom"],
];

function byPlace(one: Loss, other: Loss, main: string | undefined): number {
  if (one.place.file !== other.place.file) {
    if (one.place.file === main) return -1;
    if (other.place.file === main) return 1;
    return one.place.file < other.place.file ? -1 : 1;
  }
  return one.place.line - other.place.line || one.place.column - other.place.column;
}

/** `Resources.Items.Properties` → `Properties`, `events[0].http` → `http` */
export function lastKey(path: string): string {
  return /([^.[\]]+)(?:\[\d+\])*$/.exec(path)?.[1] ?? path;
}
