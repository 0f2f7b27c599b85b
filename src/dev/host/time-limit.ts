import type { Environment } from "./environment.ts";

export interface TimeLimit {
  /** Whether the time ran out before this was called. It does not run on. */
  end(): boolean;
}

/** Stops an environment when its time is up. */
export function limitTime(environment: Environment, milliseconds: number): TimeLimit {
  let reached = false;
  const timer = setTimeout(
    () => {
      reached = true;
      void environment.stop();
    },
    Math.max(0, milliseconds),
  );
  return {
    end() {
      clearTimeout(timer);
      return reached;
    },
  };
}

export const noTimeLimit: TimeLimit = { end: () => false };
