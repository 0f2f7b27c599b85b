/** What is wrong with a runbook: nothing is known here of how it was written, only of what can be typed. */

import { parseInput } from "../../src/cli/parse-input.ts";
import { errorCodes } from "../../src/errors/index.ts";
import { workflowFiles } from "../../src/pipeline/index.ts";
import type { EnvironmentName, ServicePlan } from "../../src/plan/index.ts";
import { commandWords, placeholdersIn, type Runbook } from "../../src/runbook/index.ts";
import { commandOf } from "../all-commands.ts";

/** What changes an environment, unless it is only shown. */
const changing =
  /^lambdakit (deploy|promote|rollback|bootstrap|dr (restore|merge|standby|failover|failback|drill (?!list))|dr backup (now|prune)|secret (set|rm)|destroy|unlock)\b(?!.* --(dry-run|plan$))|^gh workflow run/;

/** Programs beside lambdakit, and how they are called. */
const others = [
  /^npm (ci|test)$/,
  /^git clone https:\/\/github\.com\/[\w.-]+\/[\w.-]+\.git$/,
  /^gh run list --workflow [\w-]+\.yml --repo [\w.-]+\/[\w.-]+ --limit \d+$/,
  /^gh run watch --repo [\w.-]+\/[\w.-]+$/,
  /^gh workflow run [\w-]+\.yml --repo [\w.-]+\/[\w.-]+ --ref [\w./-]+( --field \w+=\S+)*$/,
];

/** @param plans of each environment, whose workflows are those that are named */
export function runbookProblems(runbook: Runbook, plans: readonly ServicePlan[]): string[] {
  const steps = runbook.sections.flatMap(({ procedure }) => procedure?.steps ?? []);
  const plan = plans.find(({ environment }) => environment === runbook.environment);
  return [
    ...twice(steps.map(({ id }) => id)).map((id) => `two steps are called ${id}`),
    ...twice(runbook.sections.map(({ title }) => title)).map((title) => `two sections: ${title}`),
    ...steps.flatMap(({ id, command, changes, gives }) => {
      if (command === null) return [];
      const needed = placeholdersIn(command).filter((one) => one === "PLAN");
      const isGiven = steps.some((one) => needed.every((name) => name in one.gives));
      return [
        ...commandProblems(command, [runbook.environment], plans),
        ...(changing.test(command) === changes ? [] : [`${id}: ${command}: changes is ${changes}`]),
        ...(isGiven ? [] : [`${id}: nobody says ${needed}`]),
        ...Object.values(gives).flatMap((pattern) =>
          new RegExp(`${pattern}|`).exec("")?.length === 2
            ? []
            : [`${id}: ${pattern} has no group`],
        ),
        ...(changes && command.startsWith("lambdakit") ? wordProblems(command, plan) : []),
      ];
    }),
    ...textsOf(runbook).flatMap((text) => textProblems(text, runbook, plans)),
  ];
}

/** @param environments of which it may be */
function commandProblems(
  command: string,
  environments: readonly (EnvironmentName | null)[],
  plans: readonly ServicePlan[],
): string[] {
  const [program, ...args] = commandWords(command);
  if (program !== "lambdakit") {
    const isKnown = others.some((one) => one.test(command));
    return isKnown ? fieldProblems(command, plans) : [`${command}: is no command that is known`];
  }
  const found = commandOf(args);
  if (found === undefined) return [`${command}: there is no such command`];
  try {
    const input = parseInput(found.command, found.rest);
    const at = input.text(found.command.name === "promote" ? "to" : "env");
    const isNamed = args.includes("--env") || args.includes("--to");
    const isHere = !isNamed || at === undefined || environments.some((one) => one === at);
    return isHere || environments.includes(null) ? [] : [`${command}: is not of ${environments}`];
  } catch (error) {
    return [`${command}: ${(error as Error).message}`];
  }
}

/** The words of the environment, and no others. */
function wordProblems(command: string, plan: ServicePlan | undefined): string[] {
  const [program, first, second] = commandWords(command);
  const asksNothing = first === "bootstrap" || command.includes("dr backup now");
  const own = `${first} ${second}` === "dr drill" ? "drill" : null;
  const wanted = asksNothing ? null : (plan?.approval.confirmation ?? own);
  const [, stated = null] = /--confirm (\S+)/.exec(command) ?? [];
  const hasReason = command.includes('--reason "..."');
  const isReasonWanted = !asksNothing && plan?.approval.reasonRequired === true;
  return stated === wanted && hasReason === isReasonWanted
    ? []
    : [`${program}: ${command}: has other words than its environment`];
}

/** A form of a workflow has these fields, and needs those. */
function fieldProblems(command: string, plans: readonly ServicePlan[]): string[] {
  const [, file] = /([\w-]+\.yml)/.exec(command) ?? [];
  if (file === undefined) return [];
  const site = { service: ".", installation: ".", toolkitSource: null };
  const found = workflowFiles(plans, site).find(({ path }) => path.endsWith(`/${file}`));
  if (found === undefined) return [`${command}: there is no ${file}`];
  if (!command.includes("workflow run")) return [];
  const form = found.text.slice(found.text.indexOf("inputs:"), found.text.indexOf("permissions:"));
  const known = [...form.matchAll(/^ {6}(\w+):$/gm)].map(([, name]) => name);
  const needed = [...form.matchAll(/^ {6}(\w+):\n(?: {8}.*\n)*? {8}required: true/gm)].map(
    ([, name]) => name,
  );
  const given = [...command.matchAll(/--field (\w+)=/g)].map(([, name]) => name);
  return [
    ...given.filter((name) => !known.includes(name)).map((name) => `${file} has no ${name}`),
    ...needed.filter((name) => !given.includes(name)).map((name) => `${file} needs ${name}`),
  ];
}

/** What stands in the text between backticks: commands, and codes of errors. */
function textProblems(text: string, runbook: Runbook, plans: readonly ServicePlan[]): string[] {
  const { environment } = runbook;
  const plan = plans.find((one) => one.environment === environment);
  // Where a release comes from, something may have to be done first; and some tables are of all environments.
  const before = plan?.deployment.previous?.environment ?? environment;
  const isOfAll = runbook.sections.some(({ id, facts }) => {
    return id === "environments" && JSON.stringify(facts).includes(JSON.stringify(text));
  });
  const known = isOfAll ? plans.map((one) => one.environment) : [environment, before];
  const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);
  return spans.flatMap((span) => {
    if (span.startsWith("lambdakit ")) return commandProblems(span, known, plans);
    const isCode =
      /^[A-Z]+(_[A-Z]+)+$/.test(span) && !/^(LAMBDAKIT|AWS)_(TOKEN|PROFILE)$/.test(span);
    return isCode && !Object.hasOwn(errorCodes, span) ? [`there is no error ${span}`] : [];
  });
}

export function textsOf({ purpose, sections }: Runbook): string[] {
  return [
    purpose,
    ...sections.flatMap(({ facts, procedure }) => [
      ...facts.flatMap((fact) => (typeof fact === "string" ? [fact] : fact.rows.flat())),
      ...(procedure === null
        ? []
        : [
            procedure.see,
            procedure.means,
            procedure.escalate,
            ...procedure.steps.flatMap(({ what, check, otherwise }) => [what, check, otherwise]),
          ]),
    ]),
  ];
}

function twice(names: readonly string[]): string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}
