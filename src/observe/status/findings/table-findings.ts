import { keyNames, type TablePlan } from "../../../plan/index.ts";
import type { EnvironmentFacts, TableFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { newestBackup } from "../newest-backup.ts";

/** Where tables are not what the live release needs, or could not be brought back in time. */
export function tableFindings(facts: EnvironmentFacts): Finding[] {
  const { tables, release } = facts;
  if (!("known" in tables) || release.live === null) return [];
  return tables.known.flatMap((one) => findingsOf(one, facts));
}

function findingsOf(table: TableFacts, { plan, at }: EnvironmentFacts): Finding[] {
  const { state } = table;
  const { name: subject, existing } = table.plan;
  const { environment, recovery } = plan;
  const next = `lambdakit plan --env ${environment}`;
  if (state === undefined) {
    // Whoever applies now gets an empty one.
    const message =
      "is not there. Restore it before anything is applied: an apply makes an empty one";
    return [{ id: "table-missing", subject, message, next }];
  }
  const findings: Finding[] = [];
  const differences = tableDifferences(table.plan, state);
  if (differences.length > 0) {
    findings.push({ id: "table-differs", subject, message: differences.join("; "), next });
  }
  // Dev is made and destroyed at will, and those of others are not ours to protect.
  if (environment !== "dev" && !existing && !state.isProtected) {
    const message = "may be deleted: its deletion protection is off";
    findings.push({ id: "table-unprotected", subject, message, next });
  }
  const newest = newestBackup(table, at);
  if (newest === undefined) {
    const message = `cannot be restored: no point-in-time recovery, and no backup; an RPO of ${recovery.rpoMinutes} min is promised`;
    findings.push({ id: "backup-none", subject, message, next });
  } else if (newest.ageMinutes > recovery.rpoMinutes) {
    const message = `can be restored as it was ${Math.floor(newest.ageMinutes)} min ago, and an RPO of ${recovery.rpoMinutes} min is promised`;
    findings.push({ id: "backup-too-old", subject, message, next });
  }
  return findings;
}

function tableDifferences(table: TablePlan, state: NonNullable<TableFacts["state"]>): string[] {
  const { indexes, timeToLiveAttribute, existing } = table;
  const keys = keyNames(table);
  const missing = indexes.flatMap((index) => {
    const there = state.indexes.find(({ name }) => name === index.name);
    if (there === undefined) return [`no index ${index.name}`];
    return there.status === "ACTIVE" ? [] : [`the index ${index.name} is ${there.status}`];
  });
  const timeToLive = state.timeToLiveAttribute;
  return [
    ...(state.status === "ACTIVE" ? [] : [`is ${state.status}`]),
    ...(state.keys.join() === keys.join()
      ? []
      : [`keys ${state.keys.join(", ")}, planned ${keys.join(", ")}`]),
    ...missing,
    ...(existing || timeToLive === timeToLiveAttribute
      ? []
      : [`time to live ${timeToLive ?? "off"}, planned ${timeToLiveAttribute ?? "off"}`]),
  ];
}
