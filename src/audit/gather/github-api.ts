/** An answer of GitHub's REST API. */
export interface GitHubAnswer {
  readonly status: number;
  /** Undefined where there is none. */
  readonly body: unknown;
}

/** Whom it asks, and as whom. */
export interface GitHubAccess {
  /** @default GitHub's own; Actions sets `GITHUB_API_URL`, for GitHub Enterprise too */
  readonly url: string;
  readonly token: string;
  readonly interrupted: AbortSignal;
}

/** How long an answer may take. */
const timeoutMs = 10_000;

/**
 * Asks GitHub for one thing.
 *
 * @param path such as `/repos/acme/shop`
 * @throws {Error} where nobody answers
 * @see https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api (2026-11-27)
 */
export async function askGitHub(
  { url, token, interrupted }: GitHubAccess,
  path: string,
): Promise<GitHubAnswer> {
  const answer = await fetch(`${url}${path}`, {
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "lambdakit",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.any([interrupted, AbortSignal.timeout(timeoutMs)]),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
}
