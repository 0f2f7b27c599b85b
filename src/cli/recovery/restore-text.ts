import type { PlannedRestore, Restored, RestoreEstimate } from "../../recover/index.ts";
import type { RestoreChoice } from "../../release/index.ts";
import { bytesText, lengthText, minuteText } from "../layout/amount-text.ts";
import { foldBehind } from "../layout/fold.ts";

/** What would be done, a line a step, and how long it may take. */
export function plannedText(
  { choice, done, view }: PlannedRestore,
  estimate: RestoreEstimate,
  environment: string,
  columns: number,
): string {
  const { source, target, isLost } = choice;
  const steps: readonly (readonly [keyof typeof done | null, string])[] = [
    ["chosen", `choose ${pointText(choice)}`],
    ...(isLost ? [] : [["keptAside", `back ${source} up as it is, to keep`] as const]),
    [
      "restored",
      `restore it as ${target}${isLost ? ", its own name" : ", beside the one that is there"}`,
    ],
    ["settled", `give it its settings back, as ${settingsText(choice)}`],
    ["compared", isLost ? "count its items" : `compare it with ${source}`],
    ["switching", switchText(choice, view.release.id)],
    ["settledPlan", "look whether Terraform has nothing to change any more"],
    [null, `verify the service`],
  ];
  const lines = steps.flatMap(([name, text], at) => {
    const isDone = name !== null && done[name] !== null;
    const number = `${String(at + 1).padStart(2)} `;
    return foldBehind(number, `${isDone ? "done: " : ""}${text}`, columns);
  });
  return [
    ...foldBehind("", `${environment}: ${source} ${isLost ? "is not there" : "is there"}`, columns),
    ...lines,
    ...foldBehind("", estimateText(estimate), columns),
  ].join("\n");
}

/** `the backup NAME of 2026-11-27 09:00 UTC`, or the moment. */
export function pointText({ from }: RestoreChoice): string {
  return from.kind === "time"
    ? `${from.to}, by point-in-time recovery`
    : `the backup ${from.name} of ${minuteText(from.at)} UTC`;
}

function settingsText({ settingsFrom }: RestoreChoice): string {
  const texts = {
    table: "the table has them now",
    record: "the last record of it has them",
    plan: "the release wants them: nobody wrote down what it had",
  };
  return texts[settingsFrom];
}

function switchText({ isLost, source, target }: RestoreChoice, release: string): string {
  return isLost
    ? `apply release ${release}, which finds its table again`
    : `lead release ${release} to ${target}: Terraform forgets ${source} and takes over the new one, all functions move together. Requests fail for the seconds in between`;
}

/** Nothing is invented: AWS gives no figures. */
export function estimateText({ bytes, earlier }: RestoreEstimate): string {
  const size =
    bytes === null
      ? "The size is not known."
      : `The table has ${bytesText(bytes)}, counted by DynamoDB some hours ago.`;
  const [last] = earlier;
  const times =
    last === undefined
      ? "No earlier restore of it is recorded. AWS promises nothing: minutes to hours, by its size and how its items are spread."
      : `The last restore took ${lengthText(last.seconds)} until the items were there, with ${bytesText(last.bytes)}, on ${minuteText(last.at)} UTC.`;
  return `${size} ${times}`;
}

/** What was done, in a sentence or three. */
export function restoredText(
  { choice }: PlannedRestore,
  { steps, url, verification, operation }: Restored,
  environment: string,
  columns: number,
): string {
  const { source, target, isLost } = choice;
  const given = steps.settled?.settings ?? [];
  const back = given.length === 0 ? "" : ` Given back: ${given.join(", ")}.`;
  const proven =
    verification === undefined
      ? "Not verified."
      : `Verified with ${verification.checks.length} checks.`;
  const kept = isLost
    ? ""
    : ` ${source} is kept as it is, and nobody writes to it any more; its backup is ${steps.keptAside?.backup ?? "gone"}.`;
  return [
    ...foldBehind(
      "",
      `${environment}: ${target} is restored from ${pointText(choice)}, and in use (operation ${operation}). Terraform's plan is empty. ${proven}${back}${kept}`,
      columns,
    ),
    ...(url === null ? [] : [url]),
  ].join("\n");
}
