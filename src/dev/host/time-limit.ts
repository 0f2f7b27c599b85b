import type { Deadlines } from "../deadlines.ts";
import type { Environment } from "./environment.ts";

export interface TimeLimit {
  /** Whether the time ran out before this was called. It does not run on. */
  end(): boolean;
}

/** Stops an environment when its time is up. */
export function limitTime(
  deadlines: Deadlines,
  environment: Environment,
  milliseconds: number,
): TimeLimit {
  let reached = false;
  const deadline = deadlines.set(milliseconds, () => {
    reached = true;
    void environment.stop();
  });
  return {
    end() {
      deadlines.callOff(deadline);
      return reached;
    },
  };
}

export const noTimeLimit: TimeLimit = { end: () => false };
