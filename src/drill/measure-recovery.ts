import type { CommandRun, DrillPorts, Underway } from "./drill-ports.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { type DrillReport, figuresOf } from "./report.ts";

import { scenarios } from "./scenario.ts";

/** After a command that recovered, an API that is not whole by then is not recovered. */
const patienceMilliseconds = 120_000;
const pauseMilliseconds = 500;

/** On AWS the newest time that a table can be restored to is about five minutes ago; much more is a failure. */
const restorableMilliseconds = 20 * 60_000;
const restorablePauseMilliseconds = 5_000;

/**
 * Runs the command that recovers, looks all the while whether everything is there again, and says how long that
 * took. That it does not recover is part of the report.
 */
export async function measureRecovery(underway: Underway, ports: DrillPorts): Promise<DrillReport> {
  const { plan, started, number, failedAt, sent, timeline, stoodIn, manualSteps } = underway;
  const { now } = ports;
  const scenario = scenarios[started.scenario];
  const args = scenario.command({
    failedAt,
    table: started.table.key,
    release: started.release ?? "",
    standby: plan.recovery.standby?.region ?? "",
  });
  const early = scenario.takeover === null ? watchService(underway, ports) : null;
  const run = await recover(args, underway, ports);
  const watch = early ?? watchService(underway, ports);
  const watched = await watch.end(run.exitCode === 0 ? now() + patienceMilliseconds : now());
  const after = await ports.tableNow();
  const whole = (await ports.heartbeats.whole(after, sent)) ?? [];
  const newest = whole.at(-1);
  const recovered = run.exitCode === 0 && watched !== null && newest !== undefined;
  timeline.add(recovered ? "recovered" : "not recovered");
  return {
    number,
    service: plan.service,
    environment: plan.environment,
    scenario: started.scenario,
    at: started.at,
    by: started.by,
    release: started.release,
    table: { key: started.table.key, before: started.table.name, after },
    failedAt: new Date(failedAt).toISOString(),
    command: args.join(" "),
    recovered,
    why: recovered ? null : whyNot(run, watched, newest),
    ...figuresOf(
      {
        failedAt,
        newestRecoveredAt: newest === undefined ? null : Date.parse(newest.at),
        servedAt: run.exitCode === 0 ? watched : null,
      },
      plan.recovery,
      stoodIn,
    ),
    heartbeats: { acknowledged: sent, recovered: whole.length },
    manualSteps,
    timeline: timeline.events,
  };
}

async function recover(
  args: readonly string[],
  { failedAt, started, timeline }: Underway,
  ports: DrillPorts,
): Promise<CommandRun> {
  if (args.includes("--to") && args[1] === "restore") {
    await untilRestorable(started.table.name, failedAt, ports);
    timeline.add("the moment before the loss can be restored to");
  }
  timeline.add(`ran lambdakit ${args.join(" ")}`);
  const run = await ports.command(args);
  for (const { what, milliseconds } of stepsOf(run.answer)) {
    timeline.add(`${what} (${(milliseconds / 1_000).toFixed(1)} s)`);
  }
  timeline.add(`lambdakit ${args.slice(0, 2).join(" ")} ended with ${run.exitCode}`);
  return run;
}

async function untilRestorable(table: string, at: number, ports: DrillPorts): Promise<void> {
  const end = ports.now() + restorableMilliseconds;
  while (ports.now() < end && !ports.interrupted.aborted) {
    const until = await ports.restorableUntil(table);
    // Where there is no such time, the command that restores says so better.
    if (until === null || until >= Math.floor(at / 1_000) * 1_000) return;
    await ports.wait(restorablePauseMilliseconds);
  }
}

/** Looks again and again whether callers are served, from data that came back. */
function watchService(
  { sent, timeline }: Underway,
  { now, wait, heartbeats, tableNow, isServed, interrupted }: DrillPorts,
): { end(latest: number): Promise<number | null> } {
  let latest = Number.POSITIVE_INFINITY;
  const isBack = async () => {
    const whole = await heartbeats.whole(await tableNow(), sent);
    return whole !== undefined && whole.length > 0 && (await isServed());
  };
  const watching = (async () => {
    let seenMissing = false;
    for (;;) {
      // Whatever AWS cannot answer just now is not there.
      if (await isBack().catch(() => false)) {
        const at = now();
        timeline.add("a check has found everything right");
        return at;
      }
      if (!seenMissing) timeline.add("a check has found that something is wrong");
      seenMissing = true;
      if (now() >= latest || interrupted.aborted) return null;
      await wait(pauseMilliseconds);
    }
  })();
  return {
    end(until) {
      latest = until;
      return watching;
    },
  };
}

interface TimedStep {
  readonly what: string;
  readonly milliseconds: number;
}

function isTimedStep(step: unknown): step is TimedStep {
  const { what, milliseconds } = Object(step);
  return typeof what === "string" && typeof milliseconds === "number";
}

/** The steps that a command has said in its answer, with the time that each took. */
function stepsOf(answer: unknown): TimedStep[] {
  const { steps } = Object(answer);
  return Array.isArray(steps) ? steps.filter(isTimedStep) : [];
}

function whyNot(
  { exitCode, answer }: CommandRun,
  watched: number | null,
  newest: Heartbeat | undefined,
): string {
  if (exitCode !== 0) {
    return `the command ${endText({ exitCode, answer })}`;
  }
  if (newest === undefined) return "no heartbeat came back";
  return watched === null ? "the API did not become what it has to be" : "";
}

/** How a command ended, in its own words. */
export function endText({ exitCode, answer }: CommandRun): string {
  const { code, message } = Object(Object(answer).error);
  return `ended with ${exitCode}${code === undefined ? "" : `: ${code}, ${message}`}`;
}
