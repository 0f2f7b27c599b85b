import type { FiringAlarm, VersionFigures } from "../../aws/index.ts";
import type { AlarmKind, AlarmPlan } from "../../plan/index.ts";
import type { Move } from "./traffic.ts";

/** What tells whether a release does well. */
export interface Signals {
  firing(alarms: readonly string[]): Promise<readonly FiringAlarm[]>;
  figuresOf(
    versions: readonly { readonly functionName: string; readonly version: string }[],
    alias: string,
    since: Date,
  ): Promise<readonly VersionFigures[]>;
}

export interface WatchOptions {
  readonly signals: Signals;
  readonly alarms: readonly AlarmPlan[];
  readonly alias: string;
  readonly moves: readonly Move[];
  /** Alarms that fired before, for which the new release is not to blame. */
  readonly firedBefore: ReadonlySet<string>;
  readonly since: Date;
}

/**
 * What no release is to blame for. The one of backups fires from its first minute on until there is a backup, and so right
 * behind the apply that makes it.
 */
const noReleases: ReadonlySet<AlarmKind> = new Set(["backup-age", "replication-latency"]);

/** Why the new versions should not be given more; nothing where there is no reason. */
export async function findFault(options: WatchOptions): Promise<string | undefined> {
  const { signals, alias, moves, firedBefore, since } = options;
  const alarms = options.alarms.filter(({ kind }) => !noReleases.has(kind));
  const versions = moves.map(({ functionName, to }) => ({ functionName, version: to }));
  const [firing, figures] = await Promise.all([
    signals.firing(alarms.map(({ name }) => name)),
    signals.figuresOf(versions, alias, since),
  ]);
  const alarm = firing.find(({ name }) => !firedBefore.has(name));
  if (alarm !== undefined) return `the alarm ${alarm.name} fires: ${alarm.reason}`;
  // The alarms look at all requests of a function: with a tenth of them, a bad version is a tenth as loud.
  for (const { functionName, invocations, errors } of figures) {
    const limit = alarms.find(
      ({ kind, subject }) => kind === "function-errors" && subject === functionName,
    );
    if (limit === undefined || invocations < limit.minimumCount) continue;
    const percent = (errors / invocations) * 100;
    if (percent > limit.threshold) {
      return `${errors} of ${invocations} calls of ${functionName}'s new version failed, ${percent.toFixed(1)} % where ${limit.threshold} % are allowed`;
    }
  }
  return undefined;
}
