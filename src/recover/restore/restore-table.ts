import { LambdakitError } from "../../errors/index.ts";
import {
  originOf,
  type ReleaseEnvironment,
  type RestoreSteps,
  readAliases,
  releaseBefore,
  requireConsent,
} from "../../release/index.ts";
import type { Verification } from "../../verify/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import { requireGoOn } from "../pause.ts";
import { bringItems } from "./bring-items.ts";
import { keepAside } from "./keep-aside.ts";
import type { PlannedRestore } from "./plan-restore.ts";
import { prove } from "./prove.ts";
import type { RestoreOptions, RestoreRun } from "./restore-run.ts";
import { settle } from "./settle.ts";
import { switchService } from "./switch-service.ts";

/** What a restore came to. */
export interface Restored {
  readonly operation: number;
  readonly steps: RestoreSteps;
  /** Where the API answers; null where there is none. */
  readonly url: string | null;
  readonly verification: Verification | undefined;
}

/**
 * Restores a table, and leads the service to it. Each step is written down when it is done, and can be done twice: run
 * again after it was cut off anywhere, it ends in the same state.
 *
 * @throws {LambdakitError} DEPLOY_NOT_CONFIRMED, RELEASE_BUSY, RELEASE_TAKEN_OVER, and what each step says; then the
 *   error tells which steps are done
 */
export async function restoreTable(
  environment: ReleaseEnvironment,
  gateways: RecoveryGateways,
  planned: PlannedRestore,
  options: RestoreOptions,
): Promise<Restored> {
  const { view, choice, operations, continues } = planned;
  const { plan, release } = view;
  const command = `lambdakit dr restore ${choice.asked} --table ${choice.table} --env ${plan.environment}`;
  requireConsent(options.consent, plan, command);
  const names = plan.functions.map(({ name }) => name);
  const aliases = await readAliases(environment.traffic, names);
  const now = Object.fromEntries([...aliases].map(([name, { version }]) => [name, version]));
  const record = await environment.history.begin(operations, {
    ...originOf(environment),
    action: "restore",
    release: release.id,
    previous: releaseBefore(operations, release.id),
    before: { ...now, ...continues?.started.before },
    planDigest: null,
    confirmation: options.consent.confirmation,
    reason: options.consent.reason,
    continues: continues?.number ?? null,
  });
  const run: RestoreRun = {
    environment,
    gateways,
    record,
    planned,
    choice,
    steps: { ...planned.done },
    options,
    async done(name, step, what) {
      await record.restore(name, step);
      run.steps = { ...run.steps, [name]: step };
      options.onStep(what);
    },
  };
  const work = async (): Promise<Restored> => {
    for (const step of [chosen, keepAside, bringItems, settle, compare]) {
      requireGoOn(options.interrupted);
      await record.requireOwn();
      await step(run);
    }
    const { url } = await switchService(run);
    const verification = await prove(run, url);
    await record.ended("live");
    return { operation: record.number, steps: run.steps, url, verification };
  };
  return record.attempt(() =>
    work().catch((error) => Promise.reject(withSteps(error, run, command))),
  );
}

async function chosen({ steps, choice, done }: RestoreRun): Promise<void> {
  if (steps.chosen !== null) return;
  await done("chosen", choice, `chose what ${choice.source} is restored from`);
}

async function compare({ steps, choice, options, done }: RestoreRun): Promise<void> {
  if (steps.compared !== null || options.compare === undefined) return;
  const comparison = await options.compare(choice);
  const at = new Date().toISOString();
  const what = choice.isLost ? "counted its items" : `compared it with ${choice.source}`;
  await done("compared", { at, comparison }, what);
}

/** Whoever has to go on later is told how far it came. */
function withSteps(error: unknown, { steps }: RestoreRun, command: string): unknown {
  if (!(error instanceof LambdakitError)) return error;
  const names = Object.entries(words).flatMap(([name, word]) =>
    steps[name as keyof RestoreSteps] === null ? [] : [word],
  );
  const done = names.length === 0 ? "nothing yet" : names.join(", ");
  return new LambdakitError(error.code, {
    message: `${error.message}\nDone so far, and kept: ${done}.`,
    fix: `${error.fix}; then the same goes on from there: ${command}`,
    ...(error.at !== undefined && { at: error.at }),
    cause: error,
  });
}

const words: Readonly<Record<keyof RestoreSteps, string>> = {
  chosen: "chosen",
  keptAside: "kept aside",
  restored: "restored",
  settled: "settings given back",
  compared: "compared",
  switching: "begun to switch",
  settledPlan: "switched",
};
