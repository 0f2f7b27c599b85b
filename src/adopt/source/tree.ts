import type { Place } from "../../errors/index.ts";

/** A part of a value that is only known in AWS, or by whoever deploys. */
export type Piece =
  | string
  /** Something of the template, or of AWS such as `AWS::Region`; its ARN, where that was asked for. */
  | { readonly refers: string; readonly attribute: string | null }
  | { readonly unknown: string };

interface Base {
  /** Where it is written; of a map's value, where its key is. */
  readonly place: Place;
  /** The keys that lead to it, such as `Resources.Items.Properties.TableName`. */
  readonly path: string;
  /** The parts of the source that it was made of: when it is accounted for, they are. */
  readonly origins: readonly Tree[];
}

export interface Scalar extends Base {
  readonly kind: "scalar";
  /** Its text as it is written, so that an account's id keeps its leading zero; null for YAML's null. */
  readonly text: string | null;
  /** What it is made of where it is more than a text. @default the text */
  readonly pieces?: readonly Piece[];
}

export interface List extends Base {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

export interface Entry {
  readonly key: string;
  readonly value: Tree;
}

export interface Mapping extends Base {
  readonly kind: "map";
  readonly entries: readonly Entry[];
}

/** A YAML or JSON value that knows where it stands. */
export type Tree = Scalar | List | Mapping;

export function childOf(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  return keys.reduce<Tree | undefined>(
    (parent, key) =>
      parent?.kind === "map" ? parent.entries.find((one) => one.key === key)?.value : undefined,
    tree,
  );
}

export function entriesOf(tree: Tree | undefined): readonly Entry[] {
  return tree?.kind === "map" ? tree.entries : [];
}

/** The items of a list; of anything else, itself: what takes a list mostly takes one, too. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || isNothing(tree)) return [];
  return tree.kind === "list" ? tree.items : [tree];
}

export function childrenOf(tree: Tree): readonly Tree[] {
  if (tree.kind === "scalar") return [];
  return tree.kind === "list" ? tree.items : tree.entries.map(({ value }) => value);
}

/** Whether it says nothing: null, an empty map or list. */
export function isNothing(tree: Tree): boolean {
  if (tree.kind === "scalar") return tree.text === null && tree.pieces === undefined;
  return childrenOf(tree).length === 0;
}

export function piecesOf(tree: Scalar): readonly Piece[] {
  return tree.pieces ?? (tree.text === null ? [] : [tree.text]);
}

/** A text that is known as a whole. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== "scalar") return undefined;
  const pieces = piecesOf(tree);
  if (isNothing(tree)) return undefined;
  return pieces.every((piece) => typeof piece === "string") ? pieces.join("") : undefined;
}

/** A whole number, as YAML or a text has it. */
export function integerOf(tree: Tree | undefined): number | undefined {
  const text = textOf(tree)?.trim();
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export function booleanOf(tree: Tree | undefined): boolean | undefined {
  const text = textOf(tree)?.toLowerCase();
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** What a value is, for whoever reads of it: as it would be read in the source, and cut where it is long. */
export function shown(tree: Tree): string {
  const text = shownWhole(tree).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function shownWhole(tree: Tree): string {
  if (tree.kind === "scalar") return piecesOf(tree).map(pieceText).join("");
  if (tree.kind === "list") {
    const isPlain = tree.items.every((item) => item.kind === "scalar");
    if (isPlain) return tree.items.map(shownWhole).join(", ");
    return `${tree.items.length} ${tree.items.length === 1 ? "item" : "items"}`;
  }
  const [only, second] = tree.entries;
  if (only !== undefined && second === undefined && /^(?:Ref|Fn::\w+)$/.test(only.key)) {
    return `!${only.key.replace("Fn::", "")} ${shownWhole(only.value)}`;
  }
  return tree.entries.map(({ key }) => key).join(", ");
}

function pieceText(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if ("unknown" in piece) return `(${piece.unknown})`;
  return `\${${piece.refers}${piece.attribute === null ? "" : `.${piece.attribute}`}}`;
}

/** The same, made of more of the source than before, and perhaps with other text. */
export function madeOf<One extends Tree>(tree: One, origins: readonly Tree[]): One {
  return { ...tree, origins: [...tree.origins, ...origins] };
}
