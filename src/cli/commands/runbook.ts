import type { RunbookAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../plan/index.ts";
import { requireConsent } from "../../release/index.ts";
import {
  type PlacedStep,
  type Placeholder,
  placeholdersIn,
  type Runbook,
  type RunbookName,
  resumeAt,
  runbookNames,
  runbookOf,
  selectedSteps,
  usualPort,
} from "../../runbook/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { consentOptions } from "../deployment/consent-options.ts";
import { targetOptions } from "../deployment/target.ts";
import { readPort } from "../port-option.ts";
import { type RunOptions, runSteps, type StepsRun } from "../runbooks/run-steps.ts";
import { beginText, runText, stoppedText } from "../runbooks/run-text.ts";
import { runbookListText, runbookText, stepsText } from "../runbooks/runbook-text.ts";
import { stepPrograms } from "../runbooks/step-programs.ts";
import { createStyle } from "../style.ts";

const { confirm, reason } = consentOptions;

export const runbook: Command = {
  name: "runbook",
  summary: "show a runbook, or go through it step by step",
  description:
    "Without arguments lists the runbooks and their sections. show NAME prints one, or a section of it, with the commands of the environment. run NAME goes through the steps that are a matter of course, run NAME SECTION through those of one section: shows each command before it runs, asks before what changes anything, and stops where a check fails, with what to do and how to go on. A check is the exit code of its command. What a person has to do by hand is told, and asked for. Commands run as processes of their own, in the folder of service.ts. Ends with 1 where a step has failed, with 77 where nobody has agreed to one.",
  examples: [
    "lambdakit runbook",
    "lambdakit runbook show disaster-recovery table-lost --env prod",
    "lambdakit runbook run operations --env sit",
    "lambdakit runbook run deployment --env dev --yes",
    "lambdakit runbook run deployment rollback --env dev --dry-run",
    "lambdakit runbook run deployment --env sit --confirm deploy --from preview",
  ],
  options: {
    ...targetOptions,
    from: { type: "text", placeholder: "STEP", description: "begin at this step" },
    "dry-run": { type: "flag", description: "show the steps, and run none" },
    yes: { type: "flag", description: "agree to all changes; where no words are asked for" },
    done: { type: "flag", description: "what is to be done by hand is done" },
    to: { type: "text", placeholder: "TIME", description: "the moment to restore to, such as 20m" },
    port: {
      type: "integer",
      placeholder: "N",
      description: "development: where dev is served",
      default: String(usualPort),
    },
    confirm,
    reason,
  },
  arguments: ["ACTION", "NAME", "SECTION"],

  async run(input, world) {
    const { terminal } = world;
    const [action = "list", name, section] = input.arguments;
    const isKnown = ["list", "show", "run"].includes(action);
    if (!isKnown || (action === "list") !== (name === undefined)) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `runbook ${input.arguments.join(" ")} is nothing that can be done.`,
        fix: `lambdakit runbook, or with: show NAME, run NAME; NAME is ${runbookNames.join(", ")}`,
        at: "ACTION",
      });
    }
    const { directory, manifest } = await loadService(input.text("service") ?? ".");
    const plans = environmentNames.map((one) => planService(manifest, one));
    const environment = input.text("env") as EnvironmentName;
    const port = readPort(input, "port", usualPort);
    const bookOf = (one: RunbookName) => runbookOf(one, plans, environment, port);
    if (name === undefined) return list(runbookNames.map(bookOf), input, world);
    const book = bookOf(runbookCalled(name));
    if (action === "show") return show(book, section, input, world);
    const placed = stepsOf(book, section, input.text("from"));
    const style = createStyle(terminal.color);
    if (input.flag("dry-run")) {
      terminal.out(
        input.flag("json")
          ? answerJson<RunbookAnswer>({
              runbook: book.name,
              section: section ?? null,
              environment: book.environment,
              outcome: "planned",
              steps: placed.map(({ section: at, step }) => ({ section: at, ...step })),
            })
          : stepsText(placed, terminal.columns, style),
      );
      return exitCodes.ok;
    }
    const plan = plans.find((one) => one.environment === environment) as ServicePlan;
    const command = again({ name: book.name, section, environment });
    const options = agreementOf(input, world, { plan, placed, command });
    const went = await goThrough(placed, options, world, directory);
    return tell(went, { book, section, environment, placed }, input, world);
  },
};

async function goThrough(
  placed: readonly PlacedStep[],
  options: RunOptions,
  { terminal, interrupted }: World,
  directory: string,
): Promise<StepsRun> {
  const look = { columns: terminal.columns, style: createStyle(terminal.color) };
  return runSteps(placed, options, {
    ...stepPrograms(directory, interrupted, (line) => terminal.err(`  ${line}`)),
    ask: (question) => terminal.confirm(question),
    onStep: (one, words, at) =>
      terminal.err(beginText(one, words, `${at + 1}/${placed.length}`, look)),
    now: () => performance.now(),
  });
}

interface Gone {
  readonly book: Runbook;
  readonly section: string | undefined;
  readonly environment: EnvironmentName;
  readonly placed: readonly PlacedStep[];
}

function tell(
  went: StepsRun,
  { book, section, environment, placed }: Gone,
  input: Input,
  { terminal }: World,
): number {
  const { outcome, steps } = went;
  const at = steps.length - 1;
  const from = outcome === "passed" ? null : resumeAt(placed, at);
  const name = [book.name, section].filter(Boolean).join(" ");
  const [last, record] = [placed[at], steps[at]];
  if (from !== null && last !== undefined && record !== undefined) {
    const command = `${again({ name: book.name, section, environment })} --from ${from}`;
    terminal.err(stoppedText(last, record, command, terminal.columns));
  }
  terminal.out(
    input.flag("json")
      ? answerJson<RunbookAnswer>({
          runbook: book.name,
          section: section ?? null,
          environment: book.environment,
          outcome,
          from,
          steps,
        })
      : runText(
          book.environment === null ? name : `${name} in ${environment}`,
          went,
          terminal.columns,
          createStyle(terminal.color),
        ),
  );
  return {
    passed: exitCodes.ok,
    failed: exitCodes.failure,
    declined: exitCodes.notAllowed,
    interrupted: exitCodes.interrupted,
  }[outcome];
}

function again({
  name,
  section,
  environment,
}: {
  readonly name: string;
  readonly section: string | undefined;
  readonly environment: string;
}): string {
  return ["lambdakit runbook run", name, section, `--env ${environment}`].filter(Boolean).join(" ");
}

/**
 * What somebody has agreed to, and what the commands have to be told.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE, DEPLOY_NOT_CONFIRMED
 */
function agreementOf(
  input: Input,
  { interrupted }: World,
  {
    plan,
    placed,
    command,
  }: {
    readonly plan: ServicePlan;
    readonly placed: readonly PlacedStep[];
    readonly command: string;
  },
): RunOptions {
  const isChanging = placed.some(({ step }) => step.changes);
  const asksForWords = plan.approval.confirmation !== null;
  if (input.flag("yes") && asksForWords) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `--yes is for an environment that asks for no words, and ${plan.environment} does.`,
      fix: `${command} --confirm ${plan.approval.confirmation}`,
      at: "--yes",
    });
  }
  if (isChanging) {
    const stated = {
      confirmation: input.text("confirm") ?? null,
      reason: input.text("reason") ?? null,
    };
    requireConsent({ ...stated, allowDataLoss: false }, plan, command);
  }
  const values: Partial<Record<Placeholder, string>> = {
    ...given("...", input.text("reason")),
    ...given("TIME", input.text("to")),
  };
  requireValues(placed, values, command);
  return {
    values,
    isAgreed: input.flag("yes"),
    isWorded: asksForWords,
    isDoneByHand: input.flag("done"),
    interrupted,
  };
}

function given(name: Placeholder, value: string | undefined) {
  return value === undefined ? {} : { [name]: value };
}

/** @throws {LambdakitError} CLI_BAD_VALUE where a command would be run with a placeholder in it */
function requireValues(
  placed: readonly PlacedStep[],
  values: Readonly<Partial<Record<Placeholder, string>>>,
  command: string,
): void {
  const known = new Set<string>(Object.keys(values));
  for (const { step } of placed) {
    const missing =
      step.isByHand || step.command === null
        ? []
        : placeholdersIn(step.command).filter((one) => !known.has(one));
    const [first] = missing;
    if (first !== undefined) {
      const how = { "...": '--reason "why"', TIME: "--to 20m", PLAN: "" }[first];
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `${step.id} has to be told ${first === "PLAN" ? "the digest of a plan, which the step before it shows" : first === "TIME" ? "the moment to restore to" : "a reason"}.`,
        fix: how === "" ? `${command}, without --from` : `${command} ${how}`,
        at: first === "PLAN" ? "--from" : (how.split(" ")[0] ?? ""),
      });
    }
    for (const name of Object.keys(step.gives)) known.add(name);
  }
}

function list(all: readonly Runbook[], input: Input, { terminal }: World): number {
  const runbooks = all.map(({ name, title, purpose, sections }) => ({
    name,
    title,
    purpose,
    sections: sections.flatMap(({ id, title: what, procedure }) =>
      procedure === null
        ? []
        : [
            {
              id,
              title: what,
              isRoutine: procedure.isRoutine,
              steps: procedure.steps.map((one) => one.id),
            },
          ],
    ),
  }));
  terminal.out(
    input.flag("json")
      ? answerJson<RunbookAnswer>({ runbooks })
      : runbookListText(all, terminal.columns, createStyle(terminal.color)),
  );
  return exitCodes.ok;
}

function show(
  book: Runbook,
  section: string | undefined,
  input: Input,
  { terminal }: World,
): number {
  const sections =
    section === undefined ? book.sections : book.sections.filter(({ id }) => id === section);
  if (sections.length === 0) throw unknownSection(book, section ?? "", "show");
  terminal.out(
    input.flag("json")
      ? answerJson<RunbookAnswer>({ ...book, sections })
      : runbookText(book, sections, terminal.columns, createStyle(terminal.color)),
  );
  return exitCodes.ok;
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
function runbookCalled(name: string): RunbookName {
  const found = runbookNames.find((one) => one === name);
  if (found !== undefined) return found;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `There is no runbook "${name}", but ${runbookNames.join(", ")}.`,
    fix: `lambdakit runbook show ${nearest(name, runbookNames) ?? runbookNames[0]}`,
    at: "NAME",
  });
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
function stepsOf(
  book: Runbook,
  section: string | undefined,
  from: string | undefined,
): readonly PlacedStep[] {
  const all = selectedSteps(book, section);
  if (all === undefined) throw unknownSection(book, section ?? "", "run");
  const found = selectedSteps(book, section, from);
  if (found !== undefined) return found;
  const ids = all.map(({ step }) => step.id);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `There is no step "${from}" here, but ${ids.join(", ")}.`,
    fix: `write --from ${nearest(from ?? "", ids) ?? ids[0]}`,
    at: "--from",
  });
}

function unknownSection(
  { name, sections, environment }: Runbook,
  section: string,
  action: "show" | "run",
): LambdakitError {
  const ids = sections.flatMap(({ id, procedure }) =>
    action === "run" && procedure === null ? [] : [id],
  );
  const where = environment === null ? "" : ` in ${environment}`;
  return new LambdakitError("CLI_BAD_VALUE", {
    message: `The runbook ${name} has no section "${section}"${action === "run" ? " with steps" : ""}${where}, but ${ids.join(", ")}.`,
    fix: `lambdakit runbook ${action} ${name} ${nearest(section, ids) ?? ids[0]}${environment === null ? "" : ` --env ${environment}`}`,
    at: "SECTION",
  });
}
