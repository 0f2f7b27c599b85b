import type { Unread } from "../../audit/index.ts";
import { runProgram } from "../../system/index.ts";

/** Where GitHub's REST API is, and a token for it. */
export interface GitHubCredentials {
  readonly url: string;
  readonly token: string;
}

/**
 * A token as GitHub's own tools look for it: `GH_TOKEN`, `GITHUB_TOKEN`, or whoever is signed in with `gh`.
 *
 * @see https://cli.github.com/manual/gh_help_environment (2026-11-27)
 */
export async function gitHubCredentials(directory: string): Promise<GitHubCredentials | Unread> {
  const { GH_TOKEN, GITHUB_TOKEN, GITHUB_API_URL } = process.env;
  const url = GITHUB_API_URL || "https://api.github.com";
  const token = GH_TOKEN || GITHUB_TOKEN || (await tokenOfGh(directory));
  if (token === "") return { unread: "there is no token: set GH_TOKEN, or gh auth login" };
  return { url: url.replace(/\/$/, ""), token };
}

async function tokenOfGh(directory: string): Promise<string> {
  try {
    const { status, output } = await runProgram("gh", ["auth", "token"], { directory });
    return status === 0 ? output.trim() : "";
  } catch {
    return "";
  }
}
