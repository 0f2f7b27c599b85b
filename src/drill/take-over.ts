import type { DrillPorts, DrillSetting, Underway } from "./drill-ports.ts";
import { endText } from "./measure-recovery.ts";
import type { DrillReport } from "./report.ts";
import { scenarios } from "./scenario.ts";

/** What was written meanwhile has to be home before callers are; on AWS that takes seconds. */
const homewardMilliseconds = 120_000;
const homewardPauseMilliseconds = 2_000;

/** Looks whether another region would take over. @returns why not; null where it would, or nothing is to be taken over */
export async function rehearse(
  { plan, started }: DrillSetting,
  ports: DrillPorts,
): Promise<string | null> {
  const { takeover } = scenarios[started.scenario];
  if (takeover === null) return null;
  const args = takeover.rehearsal(plan.recovery.standby?.region ?? "");
  const run = await ports.command(args);
  return run.exitCode === 0 ? null : `lambdakit ${args.join(" ")} ${endText(run)}`;
}

/** Gives the region back and leads callers home, so that all is as before; a report says where that fails. */
export async function goHome(
  report: DrillReport,
  { started, timeline }: Underway,
  { now, wait, interrupted, command, region }: DrillPorts,
): Promise<DrillReport> {
  const { takeover } = scenarios[started.scenario];
  if (takeover === null) return report;
  await region?.regain();
  timeline.add("the region is back");
  const latest = now() + homewardMilliseconds;
  let run = await command(takeover.home);
  while (run.exitCode !== 0 && now() < latest && !interrupted.aborted) {
    await wait(homewardPauseMilliseconds);
    run = await command(takeover.home);
  }
  const end = `lambdakit ${takeover.home.join(" ")} ${endText(run)}`;
  timeline.add(end);
  return run.exitCode === 0 ? report : { ...report, recovered: false, why: end };
}
