import type { PlannedRebuild, SourcedTable } from "../../recover/index.ts";
import { bytesText, minuteText } from "../layout/amount-text.ts";
import { foldBehind } from "../layout/fold.ts";

/** What would be done, a line a step, and what is known of how long it takes. */
export function plannedRebuildText(
  { release, plan, tables, begun }: PlannedRebuild,
  from: string,
  columns: number,
): string {
  const { environment, accountId, region, recovery } = plan;
  const regions = [recovery.standby?.region, region].flatMap((one) => one ?? []).join(", then ");
  const steps: readonly (readonly [isDone: boolean, what: string])[] = [
    [
      begun !== undefined,
      `prepare ${accountId} in ${regions}, as bootstrap does: what is there stays`,
    ],
    [false, `copy the zips of release ${release.id} from ${from}, each held against its digest`],
    ...tables.map((one): readonly [boolean, string] => [
      begun?.brought[one.key] !== undefined,
      tableText(one),
    ]),
    [false, "apply the release's stack, which takes over the tables, and lead all aliases to it"],
    [false, "verify the service"],
  ];
  return [
    ...foldBehind("", `${environment}: release ${release.id} comes back from ${from}`, columns),
    ...steps.flatMap(([isDone, text], at) =>
      foldBehind(`${String(at + 1).padStart(2)} `, `${isDone ? "done: " : ""}${text}`, columns),
    ),
    ...foldBehind("", estimateText(tables), columns),
  ].join("\n");
}

/** What a table comes back from. */
export function tableText({ name, source }: SourcedTable): string {
  switch (source.kind) {
    case "replica":
      return `copy ${name} from its replica in ${source.region}: all that had arrived there`;
    case "backup":
      return `restore ${name} from the backup ${source.name} of ${minuteText(source.at)} UTC: what was written after is lost`;
    case "empty":
      return `make ${name} without an item: there is no copy of it`;
  }
}

/** Nothing is invented: AWS gives no figures. */
function estimateText(tables: readonly SourcedTable[]): string {
  const sizes = tables.flatMap(({ name, source }) =>
    source.kind === "empty" || source.bytes === null ? [] : [`${name} ${bytesText(source.bytes)}`],
  );
  const size = sizes.length === 0 ? "" : `To be copied: ${sizes.join(", ")}. `;
  return `${size}Account and stack are as many applies of Terraform as bootstrap and a first deploy have. For tables AWS promises nothing: minutes to hours, by their size and how their items are spread.`;
}
