import type { AttributeChange, Change } from "../../terraform/index.ts";
import { textWidth } from "../layout/fold.ts";
import type { Style } from "../style.ts";

const signs: Readonly<Record<Change["action"], string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  import: "<",
};

/** What a plan changes, as a person reads it: what loses data comes first and says so. */
export function changesText(changes: readonly Change[], style: Style): string {
  if (changes.length === 0) return "No changes.";
  const all = counted(changes, (action) => `to ${action}`);
  return [...changes.map((one) => changeText(one, style)), "", all].join("\n");
}

/** `3 created, 1 updated` */
export function doneText(changes: readonly Change[]): string {
  return counted(changes, (action) => `${action}${action.endsWith("e") ? "d" : "ed"}`);
}

function counted(changes: readonly Change[], words: (action: Change["action"]) => string): string {
  const actions = Object.keys(signs) as Change["action"][];
  const counts = actions
    .map((action) => ({ action, count: changes.filter((one) => one.action === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${count} ${words(action)}`);
  return counts.length === 0 ? "no changes" : counts.join(", ");
}

function changeText(change: Change, style: Style): string {
  const { action, address, losesData, attributes } = change;
  const line = `${signs[action]} ${address}`;
  const isGrave = action === "delete" || action === "replace";
  const words = action === "create" || action === "update" ? "" : `  ${action}`;
  return [
    isGrave ? style.red(line + words) : line + words,
    ...(losesData ? [style.red("    ALL ITS DATA IS LOST")] : []),
    ...attributes.slice(0, shownAttributes).map((one) => style.dim(attributeText(one))),
    ...(attributes.length > shownAttributes
      ? [style.dim(`    and ${attributes.length - shownAttributes} more`)]
      : []),
  ].join("\n");
}

/** A document may differ in hundreds of places; with `--json` all of them are there. */
const shownAttributes = 12;

function attributeText({ name, before, after, forcesReplacement }: AttributeChange): string {
  const why = forcesReplacement ? "\n      which cannot be changed in place" : "";
  const room = Math.floor((textWidth - name.length - 10) / 2);
  return `    ${name}  ${short(before, room)} -> ${short(after, room)}${why}`;
}

function short(text: string | undefined, room: number): string {
  if (text === undefined) return "nothing";
  const length = Math.max(room, 10);
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
