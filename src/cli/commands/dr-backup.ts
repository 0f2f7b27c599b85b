import type { DrBackupAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { backupName } from "../../names.ts";
import { parseSpan } from "../../observe/index.ts";
import type { TablePlan } from "../../plan/index.ts";
import {
  availableBackup,
  listBackups,
  type PruneRule,
  prunable,
  type RecoveryGateways,
  tableOf,
} from "../../recover/index.ts";
import { openEnvironment, type ReleaseEnvironment, requireConsent } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { openTarget, type Target, targetOptions } from "../deployment/target.ts";
import { bytesText, minuteText } from "../layout/amount-text.ts";
import { backupsText } from "../recovery/backups-text.ts";
import { openRecovery } from "../recovery/recovery-gateways.ts";

const { confirm, reason } = consentOptions;

export const drBackup: Command = {
  name: "dr backup",
  summary: "make, list and prune backups of the tables",
  description:
    "now backs up each table, waits until that can be restored, and writes down what the table is like apart from its items, for the day on which it is gone. list shows what each table can be brought back from, and ends with 2 where the newest is older than the RPO. prune deletes backups that now has made, by --keep or --older-than: never the newest, and never one that somebody else made or that a restore has kept aside.",
  examples: [
    "lambdakit dr backup now",
    "lambdakit dr backup list --env prod",
    "lambdakit dr backup prune --keep 7 --dry-run",
    "lambdakit dr backup prune --env sit --older-than 30d --confirm deploy",
  ],
  options: {
    ...targetOptions,
    table: {
      type: "text",
      placeholder: "KEY",
      description: "one table of service.ts; default: all",
    },
    keep: { type: "integer", placeholder: "N", description: "prune: all but the newest N" },
    "older-than": {
      type: "text",
      placeholder: "AGE",
      description: "prune: what is older, such as 30d",
    },
    "dry-run": { type: "flag", description: "prune: show it, and delete nothing" },
    confirm,
    reason,
  },
  arguments: ["ACTION"],

  async run(input, world) {
    const [action = "list"] = input.arguments;
    const act = actions.get(action);
    if (act === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `dr backup ${action} is nothing that can be done.`,
        fix: "lambdakit dr backup now, list or prune",
        at: "ACTION",
      });
    }
    // What is mistyped is said before AWS is asked.
    const rule = action === "prune" ? pruneRule(input) : undefined;
    const target = await openTarget(input, world);
    const { plan, caller } = target;
    const key = input.text("table");
    const tables =
      key === undefined ? plan.tables.filter(({ existing }) => !existing) : [tableOf(target, key)];
    const gateways = await openRecovery(plan);
    const environment = openEnvironment(plan, caller);
    return act({ target, tables, gateways, environment, input, world, rule });
  },
};

interface Asked {
  readonly target: Target;
  readonly tables: readonly TablePlan[];
  readonly gateways: RecoveryGateways;
  readonly environment: ReleaseEnvironment;
  readonly input: Input;
  readonly world: World;
  readonly rule: PruneRule | undefined;
}

const actions = new Map<string, (asked: Asked) => Promise<number>>([
  ["now", now],
  ["list", list],
  ["prune", prune],
]);

async function now({ target, tables, gateways, environment, input, world }: Asked) {
  const { terminal, interrupted } = world;
  const at = new Date().toISOString();
  const made = await Promise.all(
    tables.map(async ({ key, name }) => {
      const settings = await gateways.tables.settings(name);
      if (settings === undefined) throw noTable(name, target.plan.environment);
      const backup = await availableBackup(gateways.backups, name, backupName(name, at), {
        interrupted,
        onWait: (what, seconds) => terminal.err(`waiting for ${what}, ${seconds} s so far`),
      });
      await environment.tableRecords.keep(key, settings, at);
      target.done(`backed up ${name}`);
      return { key, table: name, ...backup };
    }),
  );
  const { environment: name } = target.plan;
  terminal.out(
    input.flag("json")
      ? answerJson<DrBackupAnswer>({ environment: name, backups: made, steps: target.steps })
      : made.map((one) => `${name}: ${one.name}`).join("\n") || `${name}: no table to back up`,
  );
  if (made.length > 0) terminal.err(`Next: lambdakit dr backup list --env ${name}`);
  return exitCodes.ok;
}

async function list({ target, tables, gateways, environment, input, world }: Asked) {
  const { plan } = target;
  const { rpoMinutes } = plan.recovery;
  const { tables: found, copiesUnknown } = await listBackups(gateways, tables, {
    switches: await environment.tables.switches(),
    rpoMinutes,
    now: Date.now(),
  });
  world.terminal.out(
    input.flag("json")
      ? answerJson<DrBackupAnswer>({
          environment: plan.environment,
          rpoMinutes,
          tables: found,
          copiesUnknown,
        })
      : backupsText(plan.environment, found, rpoMinutes, world.terminal),
  );
  if (copiesUnknown !== null) {
    const { name, region } = gateways.copies ?? {};
    world.terminal.err(`Not listed: copies in the vault ${name} of ${region}. ${copiesUnknown}`);
  }
  return found.some(({ isTooOld }) => isTooOld) ? exitCodes.differences : exitCodes.ok;
}

async function prune({ target, tables, gateways, input, world, rule }: Asked) {
  const { plan } = target;
  const isDry = input.flag("dry-run");
  const going = await Promise.all(
    tables.map(async ({ name }) => {
      const backups = await gateways.backups.list(name);
      const old = rule === undefined ? [] : prunable(backups, name, rule, Date.now());
      return old.map((one) => ({ table: name, ...one }));
    }),
  );
  const backups = going.flat();
  if (!isDry && backups.length > 0) {
    requireConsent(
      consentOf(input),
      plan,
      `lambdakit dr backup prune --env ${plan.environment} ${ruleText(input)}`,
    );
    for (const { arn } of backups) await gateways.backups.remove(arn);
    target.done(`deleted ${backups.length} backups`);
  }
  const outcome = isDry ? "planned" : "deleted";
  const lines = backups.map(
    ({ name, at, bytes }) =>
      `${outcome === "planned" ? "would go" : "deleted"}: ${name}, ${minuteText(at)} UTC, ${bytesText(bytes)}`,
  );
  world.terminal.out(
    input.flag("json")
      ? answerJson<DrBackupAnswer>({
          environment: plan.environment,
          outcome,
          backups,
          steps: target.steps,
        })
      : lines.join("\n") || `${plan.environment}: nothing to prune`,
  );
  return exitCodes.ok;
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
function pruneRule(input: Input): PruneRule {
  const keep = input.integer("keep");
  const age = input.text("older-than");
  const olderThanSeconds = age === undefined ? undefined : parseSpan(age);
  if (keep !== undefined && age === undefined && keep >= 1) return { keep };
  if (keep === undefined && olderThanSeconds !== undefined) return { olderThanSeconds };
  throw new LambdakitError("CLI_BAD_VALUE", {
    message:
      keep !== undefined && keep < 1
        ? "prune always leaves the newest: --keep is 1 or more."
        : "prune needs to know which: --keep N, or --older-than with an age such as 30d.",
    fix: `lambdakit dr backup prune --env ${input.text("env")} --keep 7`,
    at: age === undefined ? "--keep" : "--older-than",
  });
}

function ruleText(input: Input): string {
  const keep = input.integer("keep");
  return keep === undefined ? `--older-than ${input.text("older-than")}` : `--keep ${keep}`;
}

function noTable(name: string, environment: string): LambdakitError {
  return new LambdakitError("RESTORE_NO_TABLE", {
    message: `${name} is not there: what is gone cannot be backed up.`,
    fix: `lambdakit dr restore --env ${environment} --backup latest`,
  });
}
