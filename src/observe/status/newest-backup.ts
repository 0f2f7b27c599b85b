import type { BackupPoint } from "../../aws/index.ts";
import type { TableFacts } from "./facts.ts";

/** The newest moment that a table can be restored to, and how long ago that was; nothing where there is none. */
export function newestBackup(
  { backups }: Pick<TableFacts, "backups">,
  now: Date,
): { readonly point: BackupPoint; readonly ageMinutes: number } | undefined {
  const [point] = [...backups].sort((one, other) => (one.at < other.at ? 1 : -1));
  if (point === undefined) return undefined;
  // A clock that is slow here puts it into the future.
  const ageMinutes = Math.max(0, (now.getTime() - Date.parse(point.at)) / 60_000);
  return { point, ageMinutes };
}
