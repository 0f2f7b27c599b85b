/** Where a mistake hurts, somebody types the environment's name, or says --confirm with it. */
import { createInterface } from "node:readline/promises";
import { before } from "../settings.js";
import { Refusal } from "./run.js";

/** At once, before anything is built: without a terminal nobody can be asked later. */
export function requireConfirmation(environment, confirm) {
  if (!isAskedFor(environment)) return;
  const isAsked = confirm === undefined && process.stdin.isTTY;
  if (isAsked || confirm === environment.name) return;
  throw refused(environment, confirm);
}

/** After the plan was shown. */
export async function askToConfirm(environment, confirm) {
  if (!isAskedFor(environment) || confirm !== undefined) return;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await terminal.question(`Type ${environment.name} to apply this: `);
  terminal.close();
  if (typed !== environment.name) throw refused(environment, typed);
}

/** The first environment is there to try things. */
function isAskedFor({ stage }) {
  return before[stage] !== undefined;
}

function refused({ name }, typed) {
  const what = typed === undefined ? `${name} wants to be confirmed` : `"${typed}" is not ${name}`;
  return new Refusal(
    `${what}. Nothing was changed.`,
    `npm run deploy -- ${name} --confirm ${name}`,
  );
}
