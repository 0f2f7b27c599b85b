import type { BackupTable, ListedBackup } from "../../recover/index.ts";
import { ageText, agoText, bytesText, minuteText } from "../layout/amount-text.ts";
import { fold } from "../layout/fold.ts";
import type { Screen } from "../layout/screen.ts";
import { type Column, tableLines } from "../layout/table.ts";
import { createStyle } from "../style.ts";

/** What there is to bring each table back from, and whether it is new enough. */
export function backupsText(
  environment: string,
  tables: readonly BackupTable[],
  rpoMinutes: number,
  screen: Screen,
): string {
  if (tables.length === 0) return `${environment}: the service has no table of its own.`;
  return tables
    .map((one) => tableText(one, environment, rpoMinutes, screen).join("\n"))
    .join("\n\n");
}

function tableText(
  { table, isLost, window, backups, ageMinutes, isTooOld }: BackupTable,
  environment: string,
  rpoMinutes: number,
  screen: Screen,
): string[] {
  const { columns, color } = screen;
  const style = createStyle(color);
  const state =
    ageMinutes === null
      ? "cannot be brought back at all"
      : `can be brought back as it was ${agoText(ageMinutes)}`;
  const verdict = isTooOld
    ? `TOO OLD: the RPO is ${rpoMinutes} min`
    : `within the RPO of ${rpoMinutes} min`;
  const reach =
    window === null
      ? `point-in-time recovery: ${isLost ? "gone with the table" : "off"}`
      : `point-in-time recovery: any second from ${minuteText(window.earliest)} to ${minuteText(window.latest)} UTC`;
  return [
    ...fold(
      `${environment}: ${table}${isLost ? " is not there. It" : ""} ${state}, ${verdict}`,
      columns,
    ).map(style.bold),
    ...fold(reach, columns),
    ...(backups.length === 0
      ? fold("no backups", columns)
      : tableLines(backups, columnsOf(table, backups), columns, style)),
  ];
}

function columnsOf(
  table: string,
  backups: readonly ListedBackup[],
): readonly Column<ListedBackup>[] {
  const isInVaults = backups.some(({ vault }) => vault !== undefined);
  return [
    { title: "age", text: ({ ageMinutes }) => ageText(ageMinutes), align: "right" },
    { title: "made by", text: ({ kind }) => makers[kind], spare: 1 },
    {
      title: "name",
      // A backup of the table that this one stands for has to be told apart.
      text: (one) => `${one.name}${one.table === table ? "" : `, of ${one.table}`}`,
      canBeCut: true,
      isName: true,
    },
    ...(isInVaults ? [{ title: "where", text: whereText, spare: 5 }] : []),
    { title: "state", text: ({ status }) => status.toLowerCase(), spare: 2 },
    { title: "size", text: ({ bytes }) => bytesText(bytes), align: "right", spare: 3 },
    {
      title: "until",
      text: ({ expiresAt }) => (expiresAt === null ? "deleted by hand" : minuteText(expiresAt)),
      spare: 4,
    },
  ];
}

/** A copy in another region has to be copied back before it can be restored. */
function whereText({ vault }: ListedBackup): string {
  return vault === undefined ? "with the table" : `${vault.name}, ${vault.region}`;
}

const makers = {
  "on-demand": "somebody",
  "aws-backup": "AWS Backup",
  system: "DynamoDB",
} as const;
