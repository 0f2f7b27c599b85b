import type { SecretStatus } from "../../observe/index.ts";
import { agoText, nothing } from "../layout/amount-text.ts";
import { foldBehind, textWidth } from "../layout/fold.ts";
import { type Column, tableLines } from "../layout/table.ts";
import type { Style } from "../style.ts";

const states: Readonly<Record<SecretStatus["state"], string>> = {
  set: "set",
  missing: "no value",
  plain: "not encrypted",
  unread: "set, nobody reads it",
  undeclared: "not in service.ts",
};

/** A secret that a function would not find, or that others see. */
export function isWrong({ state, readers }: SecretStatus): boolean {
  return state === "plain" || (state === "missing" && readers.length > 0);
}

/**
 * A table of secrets, and what to type where something is wrong.
 *
 * @param now in milliseconds since 1970
 */
export function secretListText(
  secrets: readonly SecretStatus[],
  environment: string,
  { now, columns, style }: { now: number; columns: number; style: Style },
): string {
  if (secrets.length === 0) return `service.ts declares no secrets, and ${environment} has none.`;
  const table: Column<SecretStatus>[] = [
    { title: "secret", text: ({ key, name }) => key ?? name, isName: true },
    {
      title: "state",
      text: ({ state }) => states[state],
      paint: (text, one) => (isWrong(one) ? style.red(text) : text),
    },
    { title: "changed", text: ({ changedAt }) => ago(changedAt, now), spare: 1 },
    { title: "read by", text: ({ readers }) => readers.join(", ") || nothing, canBeCut: true },
    { title: "store", text: ({ store }) => store, spare: 2 },
  ];
  const fixes = secrets.filter(isWrong).map(({ key, state }) => {
    const set = `lambdakit secret set ${key} --env ${environment}`;
    return state === "plain" ? `lambdakit secret rm ${key} --env ${environment}, then ${set}` : set;
  });
  const width = Math.min(columns, textWidth);
  return [
    ...tableLines(secrets, table, columns, style),
    ...(fixes.length === 0 ? [] : [""]),
    ...fixes.flatMap((fix) => foldBehind("fix: ", fix, width)),
  ].join("\n");
}

function ago(at: string | null, now: number): string {
  return at === null ? nothing : agoText((now - Date.parse(at)) / 60_000);
}
