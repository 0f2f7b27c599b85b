import type { LeftOut } from "./stage.ts";

/** What a rehearsal has shown. */
export interface RehearsalReport {
  readonly service: string;
  /** When it began: ISO 8601, in UTC. */
  readonly at: string;
  /** Of what it ran with, such as `Terraform`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly stages: readonly StageReport[];
  readonly leftOut: readonly LeftOut[];
}

export interface StageReport {
  readonly id: string;
  readonly shows: string;
  readonly outcome: "passed" | "failed" | "interrupted" | "not-reached";
  /** Milliseconds from the beginning of the rehearsal; 0 where it was not reached. */
  readonly atMilliseconds: number;
  readonly milliseconds: number;
  readonly acts: readonly ActReport[];
  readonly fault: Fault | null;
}

export interface ActReport {
  /** As it was typed, or what was done. */
  readonly line: string;
  /** What was to be seen; null where it was not. */
  readonly says: string | null;
  readonly atMilliseconds: number;
  readonly milliseconds: number;
  /** The file of all that it has said, beside the report; null where it says nothing. */
  readonly log: string | null;
}

/** Why a stage has failed, and what to do. */
export interface Fault {
  readonly line: string;
  readonly reason: string;
  readonly fix: string;
}
