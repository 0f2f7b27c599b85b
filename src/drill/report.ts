import type { EnvironmentName } from "../plan/index.ts";
import type { ScenarioName } from "./scenario.ts";

/** One thing that happened in a drill. */
export interface DrillEvent {
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly what: string;
}

/** A figure that a drill is for. */
export interface Figure {
  /** Null where it never came to that: nothing was recovered, or nobody was served again. */
  readonly seconds: number | null;
  readonly targetSeconds: number;
  readonly met: boolean;
  /** `simulated` as soon as a part of it was not AWS. */
  readonly kind: "measured" | "simulated";
  /** What was measured, and what of it was not AWS. */
  readonly how: string;
}

/** What a drill has shown, as it is kept. */
export interface DrillReport {
  readonly number: number;
  readonly service: string;
  readonly environment: EnvironmentName;
  readonly scenario: ScenarioName;
  /** When the drill began, and by whom. */
  readonly at: string;
  readonly by: string;
  /** The release that was live; null where none was recorded. */
  readonly release: string | null;
  readonly table: { readonly key: string; readonly before: string; readonly after: string };
  readonly failedAt: string;
  /** What recovered, as it was typed, without `lambdakit`. */
  readonly command: string;
  readonly recovered: boolean;
  /** Why not; null where it did. */
  readonly why: string | null;
  readonly rpo: Figure;
  readonly rto: Figure;
  readonly heartbeats: {
    readonly acknowledged: number;
    readonly recovered: number;
  };
  /** What somebody had to do beyond that one command. */
  readonly manualSteps: number;
  readonly timeline: readonly DrillEvent[];
}

/** Whether nothing has to be done about it. */
export function isPassed({ recovered, rpo, rto, manualSteps }: DrillReport): boolean {
  return recovered && rpo.met && rto.met && manualSteps === 0;
}

export interface Measured {
  /** Milliseconds since 1970, all of them. */
  readonly failedAt: number;
  /** When the newest heartbeat was written that came back; null where none did. */
  readonly newestRecoveredAt: number | null;
  /** When the first check ended that found all of the API as it has to be; null where none did. */
  readonly servedAt: number | null;
}

/**
 * RPO and RTO of a drill.
 *
 * @param stoodIn what stood in for AWS; null where nothing did
 */
export function figuresOf(
  { failedAt, newestRecoveredAt, servedAt }: Measured,
  targets: { readonly rpoMinutes: number; readonly rtoMinutes: number },
  stoodIn: string | null,
): { readonly rpo: Figure; readonly rto: Figure } {
  const figure = (milliseconds: number | null, targetMinutes: number, what: string): Figure => {
    // What was written in the moment of the failure itself is no gain.
    const seconds = milliseconds === null ? null : Math.max(0, milliseconds) / 1_000;
    const targetSeconds = targetMinutes * 60;
    return {
      seconds,
      targetSeconds,
      met: seconds !== null && seconds <= targetSeconds,
      kind: stoodIn === null ? "measured" : "simulated",
      how: stoodIn === null ? what : `${what}; ${stoodIn}`,
    };
  };
  return {
    rpo: figure(
      newestRecoveredAt === null ? null : failedAt - newestRecoveredAt,
      targets.rpoMinutes,
      "from the newest heartbeat that came back to the failure",
    ),
    rto: figure(
      servedAt === null ? null : servedAt - failedAt,
      targets.rtoMinutes,
      "from the failure to the end of the first check that found everything right",
    ),
  };
}
