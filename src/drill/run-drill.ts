import { LambdakitError } from "../errors/index.ts";
import type { DrillPorts, DrillSetting, Underway } from "./drill-ports.ts";
import type { DrillRecord } from "./drill-records.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { emptyAccount, inflict } from "./inflict.ts";
import { measureRecovery } from "./measure-recovery.ts";
import type { DrillReport } from "./report.ts";
import { scenarios } from "./scenario.ts";
import { goHome, rehearse } from "./take-over.ts";
import { Timeline } from "./timeline.ts";

/** Short enough that RPO is not about it. */
const beatMilliseconds = 200;
const beatSeconds = 5;

/** More heartbeats no drill has sent when it had lost nothing yet. */
const mostBeforeFailure = (beatSeconds * 1_000) / beatMilliseconds;

/**
 * Loses something on purpose, recovers it by the command that is the answer to it, and measures both. Heartbeats are
 * removed at the end, whatever that is.
 *
 * @throws {LambdakitError} DRILL_UNFINISHED, DRILL_NOT_WELL, DRILL_INTERRUPTED
 */
export async function runDrill(setting: DrillSetting, ports: DrillPorts): Promise<DrillReport> {
  const { plan, started } = setting;
  const { now, records, heartbeats, interrupted, isServed } = ports;
  const scenario = scenarios[started.scenario];
  const timeline = new Timeline(now, ports.onEvent);
  // A command that has to be gone on with would be mistaken for the answer to this loss.
  if ((await ports.isUnfinished()) || !(await isServed())) throw notWell(plan);
  if (scenario.losesAccount) await ports.account?.requireKnown();
  const refusal = await rehearse(setting, ports);
  if (refusal !== null) throw notWell(plan, `\n${refusal}`);
  const number = await records.begin(started, plan.environment);
  const table = started.table.name;
  const callOff = async () => {
    await heartbeats.remove(table, mostBeforeFailure);
    await records.calledOff(number, new Date(now()).toISOString());
  };
  const sent: Heartbeat[] = [];
  try {
    timeline.add(`drill ${number} of ${plan.environment} began: ${started.scenario}`);
    if (scenario.needsBackup && (await lacksBackup(setting, ports))) {
      const { exitCode } = await ports.command(["dr", "backup", "now"]);
      if (exitCode !== 0) throw notWell(plan);
      timeline.add("made a backup, because there was none");
    }
    await beat(sent, table, ports);
    timeline.add(`${sent.length} heartbeats were acknowledged`);
    if (interrupted.aborted) throw stopped(plan, false);
  } catch (error) {
    await callOff();
    throw error;
  }
  const failedAt = now();
  await records.failed(number, {
    at: new Date(failedAt).toISOString(),
    heartbeats: sent.length,
  });
  timeline.add("the loss began");
  await inflict({ started, number, failedAt, heartbeats: sent }, ports);
  timeline.add(`the loss is complete: ${scenario.harm.replace(/,.*/, "")}`);
  return finish(
    { ...setting, number, failedAt, sent: sent.length, timeline, manualSteps: 0 },
    ports,
  );
}

/**
 * Goes on with a drill that was cut off: recovers, measures, tidies up. Where nothing was lost yet, only that.
 *
 * @returns nothing where nothing was lost
 * @throws {LambdakitError} DRILL_INTERRUPTED
 */
export async function resumeDrill(
  record: DrillRecord,
  setting: DrillSetting,
  ports: DrillPorts,
): Promise<DrillReport | undefined> {
  const { now, records, heartbeats } = ports;
  const { number, started, failed, isEmptied } = record;
  const { name } = started.table;
  const sent = failed?.heartbeats ?? mostBeforeFailure;
  if (failed === null || (!isEmptied && (await isUntouched(name, sent, ports)))) {
    await heartbeats.remove(name, sent);
    await ports.tidyUp();
    await records.calledOff(number, new Date(now()).toISOString());
    await ports.account?.returnRecords();
    return undefined;
  }
  const timeline = new Timeline(now, ports.onEvent);
  const failedAt = Date.parse(failed.at);
  timeline.add("somebody went on with it, because it was cut off");
  if (scenarios[started.scenario].losesAccount && !isEmptied) {
    await emptyAccount(number, ports);
    timeline.add("what was left in the account is lost, too");
  }
  // Whoever has lost it was cut off, and it came back by itself.
  if (scenarios[started.scenario].takeover !== null) await ports.region?.lose();
  // Whoever has to type this is a manual step.
  return finish({ ...setting, number, failedAt, sent, timeline, manualSteps: 1 }, ports);
}

/** Cut off after the word that something is lost, and before it was. */
async function isUntouched(table: string, sent: number, ports: DrillPorts): Promise<boolean> {
  if (await ports.isUnfinished()) return false;
  if ((await ports.tableNow()) !== table) return false;
  const whole = await ports.heartbeats.whole(table, sent);
  return whole?.length === sent && (await ports.isServed());
}

async function finish(underway: Underway, ports: DrillPorts): Promise<DrillReport> {
  const { plan, started, sent } = underway;
  const measured = await measureRecovery(underway, ports);
  // What is cut off after the loss is gone on with: its heartbeats are still needed.
  if (ports.interrupted.aborted && !measured.recovered) throw stopped(plan, true);
  const report = await goHome(measured, underway, ports);
  for (const table of new Set([started.table.name, report.table.after])) {
    await ports.heartbeats.remove(table, sent);
  }
  await ports.tidyUp();
  await ports.records.ended(report);
  await ports.account?.returnRecords();
  return report;
}

/** Of a table alone it is enough that there is a backup of it. */
async function lacksBackup(
  { plan, started }: DrillSetting,
  { hasBackup }: DrillPorts,
): Promise<boolean> {
  const own = plan.tables.filter(({ key, existing }) => !existing && key !== started.table.key);
  const others = scenarios[started.scenario].losesAccount ? own.map(({ name }) => name) : [];
  const found = await Promise.all([started.table.name, ...others].map(hasBackup));
  return found.includes(false);
}

/** Writes heartbeats by the clock, until the time is over. Those that are acknowledged are remembered. */
async function beat(sent: Heartbeat[], table: string, ports: DrillPorts): Promise<void> {
  const { now, wait, heartbeats, interrupted } = ports;
  while (sent.length < mostBeforeFailure && !interrupted.aborted) {
    const begun = now();
    const heartbeat = { number: sent.length + 1, at: new Date(begun).toISOString() };
    await heartbeats.write(table, heartbeat);
    sent.push(heartbeat);
    await wait(Math.max(0, begun + beatMilliseconds - now()));
  }
}

function notWell({ service, environment }: DrillSetting["plan"], said = ""): LambdakitError {
  return new LambdakitError("DRILL_NOT_WELL", {
    message: `${service} in ${environment} is not as it has to be before anything was lost: a drill would measure nothing.${said}`,
    fix: `lambdakit verify --env ${environment} and lambdakit releases history --env ${environment} say what is wrong`,
  });
}

function stopped({ environment }: DrillSetting["plan"], isLost: boolean): LambdakitError {
  return new LambdakitError("DRILL_INTERRUPTED", {
    message: isLost
      ? "Stopped after the loss: it is not recovered yet."
      : "Stopped before anything was lost. Heartbeats were removed.",
    fix: isLost ? `lambdakit dr drill resume --env ${environment}` : "run the command again",
  });
}
