import type { DrMergeAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import {
  type ConflictRule,
  type MergeCounts,
  type MergedTables,
  mergedTables,
  mergeTables,
} from "../../recover/index.ts";
import { openEnvironment, recordMerge, requireConsent } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, World } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { openTarget, targetOptions } from "../deployment/target.ts";
import { readChosen } from "../recovery/chosen-items.ts";
import { ItemList } from "../recovery/item-list.ts";
import { countsText, mergeText } from "../recovery/merge-text.ts";

const { confirm, reason } = consentOptions;

export const drMerge: Command = {
  name: "dr merge",
  summary: "bring back what a restore to a moment has left behind",
  description:
    "After a restore beside a damaged table: holds the table that is kept aside against the restored one, item by item. What only the old one has was made after that moment, and is brought over. What both have, and not the same, is a conflict: it stays as it was restored, or with --conflicts take-old becomes what the old table has. Nothing is deleted, and what callers write meanwhile counts. Look first with --dry-run and --list: what a bad release has made is brought over, too, unless --only names a list without it. Run again, it does what is left; but what was deleted meanwhile comes back. Ends with 2 where items are left that differ in both.",
  examples: [
    "lambdakit dr merge --dry-run --list differences.jsonl",
    "lambdakit dr merge --env sit --only good.jsonl --confirm deploy",
    'lambdakit dr merge --env prod --confirm deploy-to-production --reason "INC-7"',
    "lambdakit dr merge --conflicts take-old --table products",
  ],
  options: {
    ...targetOptions,
    table: {
      type: "text",
      placeholder: "KEY",
      description: "which table of service.ts, where more than one was restored",
    },
    conflicts: {
      type: "choice",
      choices: ["keep-restored", "take-old"],
      description: "which item counts where both tables have one",
      default: "keep-restored",
    },
    list: {
      type: "text",
      placeholder: "FILE",
      description: "write each item that differs to it, a line of JSON each",
    },
    only: {
      type: "text",
      placeholder: "FILE",
      description: "write no items but those of this file, which --list has written",
    },
    "dry-run": { type: "flag", description: "show it, and change nothing" },
    confirm,
    reason,
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const only = input.text("only");
    const chosen = only === undefined ? undefined : await readChosen(only);
    const { plan, caller, done } = await openTarget(input, world);
    const { environment, region } = plan;
    const opened = openEnvironment(plan, caller);
    const tables = mergedTables(plan, await opened.tables.switches(), input.text("table"));
    const { Items } = await import("../../aws/index.ts");
    await requireBoth(tables, region);
    const dryRun = input.flag("dry-run");
    const consent = consentOf(input);
    if (!dryRun) {
      const command = `lambdakit dr merge --env ${environment} --table ${tables.key}${only === undefined ? "" : ` --only ${only}`}`;
      requireConsent(consent, plan, command);
    }
    const file = input.text("list");
    const list = await ItemList.open(file);
    let counts: MergeCounts | undefined;
    const merge = async () => {
      counts = await mergeTables(new Items(region), tables, {
        conflicts: input.text("conflicts") as ConflictRule,
        dryRun,
        isChosen: chosen && ((key) => chosen.has(key)),
        interrupted,
        onItem: tellingProgress(list, world),
      });
      done(`held ${tables.old} against ${tables.restored}`);
      return countsText(counts);
    };
    try {
      const names = plan.functions.map(({ name }) => name);
      if (dryRun) await merge();
      else await recordMerge(opened, names, consent, merge);
    } finally {
      await list.close();
    }
    if (counts === undefined) return exitCodes.failure;
    const { key, old, restored } = tables;
    terminal.out(
      input.flag("json")
        ? answerJson<DrMergeAnswer>({
            environment,
            table: key,
            old,
            restored,
            dryRun,
            counts,
            list: file ?? null,
          })
        : mergeText({ environment, tables, counts, dryRun, first: list.first }, terminal.columns),
    );
    if (file !== undefined) terminal.err(`Each of them is a line of ${file}.`);
    return isLeft(counts, dryRun) ? exitCodes.differences : exitCodes.ok;
  },
};

/** Whether somebody has to decide. */
function isLeft({ changed, "only-in-old": old }: MergeCounts, dryRun: boolean): boolean {
  const left = changed.kept + changed.overtaken + old.overtaken;
  return left > 0 || (dryRun && changed.replaced + old.merged > 0);
}

/** So many items are a sign of life every now and then. */
const toldEvery = 10_000;

function tellingProgress(list: ItemList, { terminal }: World): ItemList["add"] {
  let seen = 0;
  return async (difference, action) => {
    seen += 1;
    if (seen % toldEvery === 0) terminal.err(`${seen} items that differ so far`);
    await list.add(difference, action);
  };
}

/** @throws {LambdakitError} MERGE_TABLE_GONE */
async function requireBoth({ old, restored }: MergedTables, region: string): Promise<void> {
  const { Tables } = await import("../../aws/index.ts");
  const tables = new Tables(region);
  for (const name of [old, restored]) {
    if ((await tables.read(name)) !== undefined) continue;
    throw new LambdakitError("MERGE_TABLE_GONE", {
      message: `${name} is not there any more, so that there is nothing to hold ${name === old ? restored : old} against.`,
      fix:
        name === old
          ? "restore its backup of before, which is called as it with -kept-aside- behind, in AWS's console"
          : "lambdakit dr restore --backup latest",
    });
  }
}
