import { type Audit, type AuditedPermission, isSurvivor } from "../../least-privilege/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { fold } from "../layout/fold.ts";
import type { Screen } from "../layout/screen.ts";
import { type Column, tableLines } from "../layout/table.ts";
import { createStyle } from "../style.ts";
import { permissionColumns, permissionName, verdictWords } from "./permission-words.ts";

/** What was found of each permission, and what to do about those that no test needs. */
export function auditText(
  { service }: ServicePlan,
  { permissions, runs }: Audit,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const held = permissions.filter(({ verdict }) => verdict !== "not-held");
  const notHeld = permissions.filter(({ verdict }) => verdict === "not-held");
  const survivors = permissions.filter(isSurvivor);
  const found: Column<AuditedPermission> = {
    title: "Found",
    text: ({ verdict }) => verdictWords[verdict],
    paint: (text, one) => (isSurvivor(one) ? style.red(text) : style.green(text)),
  };
  return [
    ...fold(
      `${service}: of ${held.length} permissions, tests need ${held.length - survivors.length}${share(held.length, survivors.length)}; ${runs} runs of tests`,
      columns,
    ),
    "",
    ...tableLines(held, [...permissionColumns, found], columns, style),
    ...survivors.flatMap((one) => [
      "",
      ...fold(`! ${verdictWords[one.verdict]}: ${permissionName(one)}`, columns).map(style.red),
      ...fold(whatItMeans(one), columns - 2).map((line) => `  ${line}`),
      ...fold(`fix: ${whatToDo(one)}`, columns - 2).map((line) => style.green(`  ${line}`)),
    ]),
    ...notHeldLines(notHeld, columns),
  ].join("\n");
}

function share(held: number, survivors: number): string {
  if (held === 0) return "";
  // 100 % is said of all, and never of nearly all.
  return ` (${Math.floor(((held - survivors) / held) * 100)} %)`;
}

function whatItMeans({ verdict, tests }: AuditedPermission): string {
  const ran = tests.length === 0 ? "all tests" : tests.join(", ");
  if (verdict === "unused") return "No test makes a call that it allows.";
  if (verdict === "covered") {
    return "Tests make calls that it allows, and other permissions of the function allow each of them, too.";
  }
  if (verdict === "unnoticed") {
    return `A call is refused without it, and no test notices. These were run without it: ${ran}.`;
  }
  return `Tests fail without it, but no call was refused, so it may be for another reason: ${ran}.`;
}

function whatToDo({ verdict, from, action, partitionKeys }: AuditedPermission): string {
  if (verdict === "unclear") return "see whether these tests fail now and then, and run it again";
  const name = action.slice(action.indexOf(":") + 1);
  const part = partitionKeys === null ? `"${name}"` : `"${name}" on "${partitionKeys}"`;
  // A secret is granted as a whole.
  const remove = from.includes(".secrets[")
    ? `take ${from} out of service.ts`
    : `take ${part} out of ${from} in service.ts`;
  return verdict === "covered" ? remove : `${remove}, or write a test that fails without it`;
}

/** What nothing here holds calls against, by its reason. */
function notHeldLines(permissions: readonly AuditedPermission[], columns: number): string[] {
  const reasons = [...new Set(permissions.map(({ reason }) => reason))];
  return reasons.flatMap((reason) => {
    const of = permissions.filter((one) => one.reason === reason);
    const actions = [...new Set(of.map(({ action }) => action))];
    const functions = new Set(of.map((one) => one.function)).size;
    return [
      "",
      ...fold(
        `Not held against calls here: ${actions.join(", ")} of ${functions} ${functions === 1 ? "function" : "functions"}. ${reason?.replace(/^./, (first) => first.toUpperCase())}.`,
        columns,
      ),
    ];
  });
}
