import type {
  ItemDifference,
  MergeAction,
  MergeCounts,
  MergedTables,
} from "../../recover/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";
import { printable } from "../observation/logs/printable.ts";
import type { ListedItem } from "./item-list.ts";

/** What the history keeps of a merge. */
export function countsText(counts: MergeCounts): string {
  const { "only-in-old": old, changed } = counts;
  const overtaken = old.overtaken + changed.overtaken;
  const leftOut = old["left-out"] + changed["left-out"];
  return [
    `${old.merged} merged`,
    `${changed.replaced} replaced`,
    `${changed.kept} kept as restored`,
    ...(overtaken === 0 ? [] : [`${overtaken} written by others meanwhile`]),
    ...(leftOut === 0 ? [] : [`${leftOut} left out`]),
  ].join(", ");
}

/** How two tables differ, what was done with each kind of item, and the first few of each. */
export function mergeText(
  {
    environment,
    tables: { old, restored },
    counts,
    dryRun,
    first,
  }: {
    readonly environment: string;
    readonly tables: MergedTables;
    readonly counts: MergeCounts;
    readonly dryRun: boolean;
    readonly first: readonly ListedItem[];
  },
  columns: number,
): string {
  const kinds: readonly (readonly [ItemDifference["kind"], string])[] = [
    ["only-in-old", "only in the old one, so made after that moment"],
    ["changed", "in both, and not the same"],
    ["only-in-restored", "only in the restored one, so deleted or made since"],
  ];
  return [
    ...fold(`${environment}: ${restored}, and ${old}, which is kept aside`, columns),
    ...kinds.flatMap(([kind, what]) => {
      const found = first.filter(({ difference }) => difference.kind === kind);
      const number = Object.values(counts[kind]).reduce((sum, one) => sum + one, 0);
      const more = number - found.length;
      return [
        ...fold(`${countText(number)} ${what}${doneText(counts[kind], dryRun)}`, columns, 2),
        ...found.flatMap((one) => foldBehind("  ", keyText(one.difference), columns)),
        ...(more > 0 ? [`  and ${countText(more)} more`] : []),
      ];
    }),
    ...(dryRun ? fold("Nothing was changed.", columns) : []),
  ].join("\n");
}

function doneText(counts: Readonly<Record<MergeAction, number>>, dryRun: boolean): string {
  const texts: Record<MergeAction, string> = {
    merged: dryRun ? "would be brought over" : "brought over",
    replaced: dryRun ? "would become what the old one has" : "became what the old one has",
    kept: dryRun ? "would stay" : "stay",
    overtaken: "written by somebody else meanwhile",
    "left-out": dryRun ? "would be left out" : "left out",
  };
  const parts = (Object.keys(texts) as MergeAction[])
    .filter((action) => counts[action] > 0)
    .map((action) => `${countText(counts[action])} ${texts[action]}`);
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}

/** To the last one: whoever merges looks for single items. */
function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** `PK PRODUCT#PROD-000001, SK METADATA` */
function keyText({ key }: ItemDifference): string {
  const parts = Object.entries(key).map(
    ([name, { S, N, B }]) => `${name} ${S ?? N ?? Buffer.from(B ?? []).toString("base64")}`,
  );
  // Callers choose what keys say: none of it may move a terminal's cursor.
  return printable(parts.join(", "));
}
