import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gatherGitHub } from "../../../src/audit/index.ts";

export const repository = "BigBeardWebSolutions/2_bbws_product_lambda";
const url = `https://github.com/${repository}`;

/** An answer by its path behind `/repos/OWNER/NAME`: its body, or a status and a body. */
export type GitHubAnswers = Readonly<Record<string, unknown>>;

/**
 * What GitHub's REST API answers of a repository that is set up well: the shapes of its reference, with what nobody
 * here looks at left out.
 *
 * @see https://docs.github.com/en/rest?apiVersion=2022-11-28 (2026-11-27)
 */
export const cleanGitHub: GitHubAnswers = {
  "": {
    id: 1296269,
    name: "2_bbws_product_lambda",
    full_name: repository,
    private: true,
    visibility: "private",
    html_url: url,
    default_branch: "main",
    security_and_analysis: {
      advanced_security: { status: "enabled" },
      secret_scanning: { status: "enabled" },
      secret_scanning_push_protection: { status: "enabled" },
    },
  },
  "/branches/main": {
    name: "main",
    protected: true,
    commit: { sha: "6dcb09b5b57875f334f61aebed695e2e4193db5e" },
  },
  "/branches/main/protection": {
    required_status_checks: {
      strict: true,
      contexts: ["Test product"],
      checks: [{ context: "Test product", app_id: 15368 }],
    },
    required_pull_request_reviews: {
      dismiss_stale_reviews: true,
      require_code_owner_reviews: true,
      required_approving_review_count: 1,
    },
    enforce_admins: { enabled: true },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  },
  "/rules/branches/main": [],
  "/environments": {
    total_count: 3,
    environments: ["dev", "sit", "prod"].map((name) => ({
      id: 161088068,
      name,
      protection_rules: [
        {
          id: 3736,
          type: "required_reviewers",
          prevent_self_review: true,
          reviewers: [{ type: "Team", reviewer: { id: 1 } }],
        },
        { id: 3755, type: "branch_policy" },
      ],
      deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    })),
  },
  "/actions/permissions": { enabled: true, allowed_actions: "selected" },
  "/actions/permissions/workflow": {
    default_workflow_permissions: "read",
    can_approve_pull_request_reviews: false,
  },
  "/actions/secrets": { total_count: 0, secrets: [] },
  "/vulnerability-alerts": { status: 204 },
  "/dependabot/alerts": [],
  "/secret-scanning/alerts": [],
};

/** What is gathered of a GitHub that gives these answers, over HTTP. */
export async function gatherFrom(answers: GitHubAnswers) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0]?.replace(`/repos/${repository}`, "") ?? "";
    asked.push(path);
    const answer = answers[path];
    const { status = answer === undefined ? 404 : 200, body = answer } =
      typeof answer === "object" && answer !== null && "status" in answer && !("name" in answer)
        ? (answer as { status: number; body?: unknown })
        : {};
    const isAllowed = request.headers.authorization === "Bearer a-token";
    response.writeHead(isAllowed ? status : 401, { "content-type": "application/json" });
    response.end(status === 204 ? undefined : JSON.stringify(body ?? { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const access = {
    url: `http://127.0.0.1:${port}`,
    token: "a-token",
    interrupted: new AbortController().signal,
  };
  try {
    return { facts: await gatherGitHub(access, repository, "main"), asked };
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
