import type { CallersMove, Replication } from "../../recover/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";

type Known = Pick<CallersMove, "from" | "to" | "release" | "unreachable" | "replication">;

/** What is known of both regions before anything is done. */
export function knownText(known: Known, columns: number): string {
  const { from, to, release, unreachable, replication } = known;
  const tables = Object.entries(replication).map(
    ([table, state]) => `${table}: ${replicationText(state)}`,
  );
  const there =
    unreachable === null
      ? `${from} has the same release`
      : `${from} cannot be asked: ${unreachable}`;
  return [
    ...fold(`From ${from} to ${to}, which has release ${release}`, columns, 2),
    ...[there, ...tables].flatMap((text) => foldBehind("  ", text, columns, 2)),
  ].join("\n");
}

function replicationText(state: Replication): string {
  switch (state.is) {
    case "known":
      return `${state.behindSeconds.toFixed(1)} s behind at ${state.at}`;
    case "quiet":
      return `nothing was written since ${state.since}`;
    case "unknown":
      return `how far it is behind is not known: ${state.why}`;
  }
}

/** The answer: where callers are now. */
export function callersText(
  environment: string,
  name: string | null,
  { outcome, to, url, release }: CallersMove,
): string {
  const where = name ?? url;
  const texts = {
    planned: `callers would be led to ${to}, release ${release}; nothing was changed`,
    "already-there": `callers are in ${to} already`,
    moved: `callers are in ${to}, release ${release}`,
    "no-domain": `${to} serves release ${release}; nobody was led there, because no domain is ours to move`,
  };
  return [`${environment}: ${texts[outcome]}`, where].filter(Boolean).join("\n");
}
