import type { Whereabouts } from "../system/index.ts";

/** Who did something, when, and from where. */
export interface Origin {
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** The ARN of whoever called AWS. */
  readonly by: string;
  readonly from: Place;
}

export type Place = Whereabouts;

/** The people's words for it: `alice on laptop-7`, or `alice in https://github.com/...`. */
export function placeText({ host, user, run }: Place): string {
  return run === null ? `${user} on ${host}` : `${user} in ${run}`;
}
