import { hostname, userInfo } from "node:os";

/** Where this process runs. */
export interface Whereabouts {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  /** The page of GitHub's workflow run; null where it is none. */
  readonly run: string | null;
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables (2026-11-26) */
export function whereItRuns(): Whereabouts {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_ACTOR } = process.env;
  const run =
    GITHUB_RUN_ID === undefined
      ? null
      : `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return { host: hostname(), user: GITHUB_ACTOR ?? userName(), pid: process.pid, run };
}

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
