import type { Act, Calls, CommandAct, ReleaseAct, ServeAct, Told } from "./act.ts";
import { actLine } from "./act-line.ts";
import { type CommandRun, errorIn, faultOf, toldBy } from "./fault.ts";
import type { ActReport, Fault, RehearsalReport, StageReport } from "./report.ts";
import type { Script, Stage } from "./stage.ts";

/** A command that has ended, and what was around it. */
export interface Performed extends CommandRun {
  readonly calls: Calls | null;
  /** The file of what it has said. */
  readonly log: string;
}

/** What a rehearsal needs of the world. */
export interface RehearsalPorts {
  /** Milliseconds, from any beginning. */
  now(): number;
  command(act: CommandAct): Promise<Performed>;
  serve(act: ServeAct): Promise<void>;
  release(act: ReleaseAct): Promise<void>;
  readonly interrupted: AbortSignal;
  onBegin(stage: Stage): void;
  onAct(stage: Stage, act: ActReport): void;
  onEnd(stage: StageReport): void;
}

/** Goes through the stages, one after the other, until one fails. */
export async function runScript(
  { stages, leftOut }: Script,
  ports: RehearsalPorts,
): Promise<Pick<RehearsalReport, "passed" | "milliseconds" | "stages" | "leftOut">> {
  const started = ports.now();
  const since = () => Math.round(ports.now() - started);
  const reports: StageReport[] = [];
  const earlier: Told[] = [];
  for (const stage of stages) {
    if (reports.some(({ outcome }) => outcome !== "passed") || ports.interrupted.aborted) {
      reports.push({ ...notReached, id: stage.id, shows: stage.shows });
      continue;
    }
    const report = await runStage(stage, { ports, since, earlier });
    reports.push(report);
    ports.onEnd(report);
  }
  const passed = reports.every(({ outcome }) => outcome === "passed");
  return { passed, milliseconds: since(), stages: reports, leftOut };
}

const notReached = {
  outcome: "not-reached",
  atMilliseconds: 0,
  milliseconds: 0,
  acts: [],
  fault: null,
} as const;

interface Running {
  readonly ports: RehearsalPorts;
  readonly since: () => number;
  /** Grows with each answer. */
  readonly earlier: Told[];
}

async function runStage(stage: Stage, running: Running): Promise<StageReport> {
  const { ports, since } = running;
  const begins = since();
  const acts: ActReport[] = [];
  let fault: Fault | null = null;
  ports.onBegin(stage);
  for (const act of stage.acts) {
    const from = since();
    const done = await perform(act, running).catch((error: Error) => ({
      ...nothing,
      fault: faultOf(actLine(act), error),
    }));
    const { says, log } = done;
    const report = {
      line: actLine(act),
      says,
      log,
      atMilliseconds: from,
      milliseconds: since() - from,
    };
    acts.push(report);
    ports.onAct(stage, report);
    fault = done.fault;
    if (fault !== null || ports.interrupted.aborted) break;
  }
  const isCutOff = ports.interrupted.aborted;
  return {
    id: stage.id,
    shows: stage.shows,
    outcome: isCutOff ? "interrupted" : fault === null ? "passed" : "failed",
    atMilliseconds: begins,
    milliseconds: since() - begins,
    acts,
    fault: isCutOff ? null : fault,
  };
}

interface Done extends Pick<ActReport, "says" | "log"> {
  readonly fault: Fault | null;
}

const nothing = { says: null, log: null, fault: null };

async function perform(act: Act, { ports, earlier }: Running): Promise<Done> {
  if (act.kind === "serve") {
    await ports.serve(act);
    return nothing;
  }
  if (act.kind === "release") {
    await ports.release(act);
    return nothing;
  }
  const ran = await ports.command(act);
  const { log, calls } = ran;
  const line = actLine(act);
  const told = toldBy(ran);
  const isEnded = ran.exitCode === act.exitCode;
  if (told === undefined || (!isEnded && errorIn(told) !== undefined)) {
    return { says: null, log, fault: faultOf(line, { ...ran, told, wanted: act.exitCode }) };
  }
  // What is wrong by its own answer says more than an exit code.
  const seen = act.look({ told, calls, earlier });
  if ("wrong" in seen) {
    return { says: null, log, fault: { line, reason: `${seen.wrong}.`, fix: `look into ${log}` } };
  }
  if (!isEnded) {
    return { says: null, log, fault: faultOf(line, { ...ran, told, wanted: act.exitCode }) };
  }
  earlier.push(told);
  return { says: seen.says, log, fault: null };
}
