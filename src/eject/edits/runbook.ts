import type { ServicePlan } from "../../plan/index.ts";
import { runbookMark } from "../../runbook/index.ts";
import { inPlaceOf } from "../in-place-of.ts";

/**
 * The runbook that alarms link, with AWS's own commands in the place of the toolkit's.
 *
 * @param plans whose last one its commands are written for
 */
export function withoutCommands(text: string, plans: readonly ServicePlan[]): string {
  const last = plans.at(-1);
  if (last === undefined) return text;
  const commands = inPlaceOf(last);
  return text
    .replace(`${runbookMark}\n\n`, "")
    .replace(
      /another `--env` is all that changes, and the words that are to be confirmed\./,
      "names and region are others.",
    )
    .replace(/^( *)lambdakit ((?:dr \w+)|\w+).*$/gm, (line, indent: string, name: string) => {
      const instead = commands[name];
      return instead === undefined ? line : indent + instead;
    });
}
