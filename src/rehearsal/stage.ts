import type { Act } from "./act.ts";

/** A part of a service's life. */
export interface Stage {
  readonly id: string;
  /** What it shows, as a sentence without its end. */
  readonly shows: string;
  readonly acts: readonly Act[];
}

/** What a rehearsal does not show, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

export interface Script {
  readonly stages: readonly Stage[];
  readonly leftOut: readonly LeftOut[];
}
