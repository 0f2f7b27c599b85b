import type { WholeAccount } from "../../../src/audit/index.ts";
import type { Fault } from "./fault.ts";
import type { GitHubAnswers } from "./github.ts";

/** An answer with some of it otherwise. */
function answering(path: string, change: object | readonly unknown[]) {
  return (answers: GitHubAnswers): GitHubAnswers => ({
    ...answers,
    [path]: Array.isArray(change) ? change : { ...Object(answers[path]), ...change },
  });
}

function protection(change: object) {
  return answering("/branches/main/protection", change);
}

function scanning(change: object) {
  return (answers: GitHubAnswers): GitHubAnswers => {
    const about = Object(answers[""]);
    const analysis = { ...about.security_and_analysis, ...change };
    return { ...answers, "": { ...about, security_and_analysis: analysis } };
  };
}

function environments(change: (environment: { readonly name: string }) => object | undefined) {
  return (answers: GitHubAnswers): GitHubAnswers => {
    const { environments: all } = Object(answers["/environments"]);
    return {
      ...answers,
      "/environments": { environments: all.flatMap((one: never) => change(one) ?? []) },
    };
  };
}

function first<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  return list.map((one, index) => (index === 0 ? change(one) : one));
}

function inAccount<Key extends keyof WholeAccount>(
  key: Key,
  change: (value: WholeAccount[Key]) => WholeAccount[Key],
) {
  return (account: WholeAccount): WholeAccount => ({ ...account, [key]: change(account[key]) });
}

/** What GitHub and the accounts say. */
export const outsideFaults: readonly Fault[] = [
  {
    id: "repository-public",
    what: "everybody may read it",
    gitHub: answering("", { visibility: "public", private: false }),
  },
  {
    id: "branch-unprotected",
    what: "nothing protects main",
    gitHub: (answers) => ({
      ...answering("/branches/main", { protected: false })(answers),
      "/branches/main/protection": { status: 404, body: { message: "Branch not protected" } },
    }),
  },
  {
    id: "branch-without-review",
    what: "no review",
    gitHub: protection({ required_pull_request_reviews: null }),
  },
  {
    id: "branch-without-owners",
    what: "anybody's review",
    gitHub: protection({
      required_pull_request_reviews: {
        required_approving_review_count: 1,
        require_code_owner_reviews: false,
      },
    }),
  },
  {
    id: "branch-without-checks",
    what: "no checks",
    gitHub: protection({ required_status_checks: null }),
  },
  {
    id: "branch-rewritable",
    what: "force pushes",
    gitHub: protection({ allow_force_pushes: { enabled: true } }),
  },
  {
    id: "environment-missing",
    what: "no environment dev",
    gitHub: environments((one) => (one.name === "dev" ? undefined : one)),
  },
  {
    id: "environment-without-reviewers",
    what: "nobody agrees to sit",
    gitHub: environments((one) => (one.name === "sit" ? { ...one, protection_rules: [] } : one)),
  },
  {
    id: "environment-self-review",
    what: "one person is enough for prod",
    gitHub: environments((one) =>
      one.name === "prod"
        ? {
            ...one,
            protection_rules: [
              { type: "required_reviewers", prevent_self_review: false, reviewers: [{}] },
            ],
          }
        : one,
    ),
  },
  {
    id: "environment-any-branch",
    what: "every branch may use sit",
    gitHub: environments((one) =>
      one.name === "sit" ? { ...one, deployment_branch_policy: null } : one,
    ),
  },
  {
    id: "token-may-write",
    what: "jobs may write",
    gitHub: answering("/actions/permissions/workflow", { default_workflow_permissions: "write" }),
  },
  {
    id: "actions-may-approve",
    what: "jobs may approve",
    gitHub: answering("/actions/permissions/workflow", { can_approve_pull_request_reviews: true }),
  },
  {
    id: "actions-unrestricted",
    what: "every action",
    gitHub: answering("/actions/permissions", { allowed_actions: "all" }),
  },
  {
    id: "stored-key",
    what: "a key of AWS",
    gitHub: answering("/actions/secrets", { secrets: [{ name: "AWS_ACCESS_KEY_ID" }] }),
  },
  {
    id: "alerts-off",
    what: "no alerts",
    gitHub: answering("/vulnerability-alerts", { status: 404 }),
  },
  {
    id: "alert-open",
    what: "an open alert",
    gitHub: answering("/dependabot/alerts", [
      {
        number: 2,
        state: "open",
        dependency: {
          package: { ecosystem: "npm", name: "zod" },
          manifest_path: "package-lock.json",
        },
        security_advisory: { summary: "Denial of service", severity: "high" },
        html_url: "https://github.com/octocat/hello-world/security/dependabot/2",
      },
    ]),
  },
  {
    id: "secret-scanning-off",
    what: "GitHub does not scan",
    gitHub: scanning({ secret_scanning: { status: "disabled" } }),
  },
  {
    id: "push-protection-off",
    what: "GitHub takes secrets",
    gitHub: scanning({ secret_scanning_push_protection: { status: "disabled" } }),
  },
  {
    id: "secret-alert-open",
    what: "a secret that GitHub has found",
    gitHub: answering("/secret-scanning/alerts", [
      {
        number: 2,
        state: "open",
        secret_type_display_name: "Adafruit IO Key",
        html_url: "https://github.com/octocat/hello-world/security/secret-scanning/2",
      },
    ]),
  },
  {
    id: "account-differs",
    what: "somebody has given a function more memory",
    account: inAccount("functions", (all) => first(all, (one) => ({ ...one, memoryMb: 1024 }))),
  },
  {
    id: "account-differs",
    what: "a function is not there",
    account: inAccount("functions", (all) => all.slice(1)),
  },
  {
    id: "table-without-recovery",
    what: "somebody has switched recovery off",
    account: inAccount("tables", (all) =>
      first(all, (one) => ({ ...one, hasPointInTimeRecovery: false })),
    ),
  },
  {
    id: "table-without-key",
    what: "a table with DynamoDB's key",
    account: inAccount("tables", (all) => first(all, (one) => ({ ...one, hasKey: false }))),
  },
  {
    id: "table-unprotected",
    what: "prod's table can be deleted",
    account: inAccount("tables", (all) => first(all, (one) => ({ ...one, isProtected: false }))),
  },
  {
    id: "backup-stale",
    what: "the last moment is three days ago",
    account: inAccount("tables", (all) =>
      first(all, (one) => ({ ...one, restorableTo: "2026-11-24T12:00:00.000Z" })),
    ),
  },
  {
    id: "drill-missing",
    what: "the last drill was in summer",
    environment: "sit",
    account: inAccount("drills", () => ({ lastRecovered: "2026-08-01T09:00:00.000Z" })),
  },
  {
    id: "drill-missing",
    what: "there never was one that recovered",
    environment: "sit",
    account: inAccount("drills", () => ({ lastRecovered: null })),
  },
  {
    id: "log-retention",
    what: "a log group that keeps lines for ever",
    account: inAccount("logGroups", (all) =>
      first(all, (one) => ({ ...one, retentionDays: null })),
    ),
  },
  {
    id: "bucket-public",
    what: "the state's bucket could become public",
    account: inAccount("buckets", (all) =>
      first(all, (one) => ({ ...one, blocksPublicAccess: false })),
    ),
  },
  {
    id: "bucket-without-versions",
    what: "a state that was overwritten is gone",
    account: inAccount("buckets", (all) => first(all, (one) => ({ ...one, hasVersions: false }))),
  },
  {
    id: "bucket-unencrypted",
    what: "no key",
    account: inAccount("buckets", (all) => first(all, (one) => ({ ...one, isEncrypted: false }))),
  },
  {
    id: "wide-trust",
    what: "every branch of every repository deploys",
    account: inAccount("roles", (all) =>
      all.map((one) =>
        one.policies.length > 0
          ? one
          : {
              ...one,
              trust: JSON.parse(
                JSON.stringify(one.trust)
                  .replace("StringEquals", "StringLike")
                  .replace(/repo:[^"]*/, "repo:BigBeardWebSolutions/*:*")
                  .replace(/,"token[^"]*:ref":"[^"]*"/, ""),
              ),
            },
      ),
    ),
  },
  {
    id: "wildcard-permission",
    what: "a role that may do everything",
    account: inAccount("roles", (all) =>
      first(all, (one) => ({
        ...one,
        policies: [
          {
            name: "admin",
            document: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
          },
        ],
      })),
    ),
  },
  {
    id: "role-without-boundary",
    what: "no boundary",
    account: inAccount("roles", (all) => first(all, (one) => ({ ...one, hasBoundary: false }))),
  },
  {
    id: "user-key",
    what: "a key of a user",
    account: inAccount("accessKeys", () => [
      { user: "ci", key: "AKIA", created: "2024-01-01T00:00:00.000Z" },
    ]),
  },
];
