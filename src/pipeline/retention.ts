import type { EnvironmentName } from "../plan/index.ts";

/** For how long GitHub keeps what a run leaves behind. What counts is kept in the artifact bucket. */
export const retentionDays: Readonly<Record<EnvironmentName, number>> = {
  dev: 7,
  sit: 14,
  prod: 30,
};
