import { checkout, type Fault, inDeploy, onMain, roleOf } from "./fault.ts";

/** What jobs may do, and behind which gate. */
export const rights: readonly Fault[] = [
  [
    "role",
    "the rehearsal takes on a role",
    "rehearse",
    [
      "      - name: Rehearse\n",
      `      - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3\n        with:\n          role-to-assume: ${roleOf("815856636111", "deploy", "sit")}\n      - name: Rehearse\n`,
    ],
  ],
  [
    "permissions",
    "the rehearsal could be vouched for",
    "rehearse",
    ["      contents: read\n", "      contents: read\n      id-token: write\n"],
  ],
  [
    "default-permissions",
    "all jobs may write",
    "deploy-dev",
    ["permissions: {}\n\nc", "permissions: write-all\n\nc"],
  ],
  ["default-permissions", "nothing is said", "deploy-prod", ["permissions: {}\n\nc", "c"]],
  [
    "permissions",
    "prod may write code",
    "deploy-prod",
    [inDeploy("contents: read"), "contents: write"],
  ],
  [
    "permissions",
    "tests get a token",
    "pull-request",
    ["contents: read\n", "contents: read\n      id-token: write\n"],
  ],
  [
    "permissions",
    "the plan may write comments",
    "pull-request",
    ["id-token: write\n", "id-token: write\n      pull-requests: write\n"],
  ],
  [
    "permissions",
    "what comments runs code",
    "pull-request",
    ["      - name: Comment\n", `      - uses: ${checkout}\n      - name: Comment\n`],
  ],
  [
    "permissions",
    "a job states none",
    "deploy-dev",
    ["    permissions:\n      contents: read\n    defaults", "    defaults"],
  ],
  ["environment", "prod has no gate", "deploy-prod", ["    environment: prod\n", ""]],
  [
    "environment",
    "prod goes through sit's gate",
    "deploy-prod",
    ["environment: prod\n", "environment: sit\n"],
  ],
  [
    "environment",
    "prod goes through the plan's gate",
    "deploy-prod",
    ["environment: prod\n", "environment: prod-plan\n"],
  ],
  [
    "environment",
    "the gate is computed",
    "deploy-prod",
    ["environment: prod\n", "environment: $" + "{{ inputs.release }}\n"],
  ],
  [
    "role",
    "sit gets prod's role",
    "deploy-sit",
    [roleOf("815856636111", "deploy", "sit"), roleOf("093646564004", "deploy", "prod")],
  ],
  [
    "role",
    "a pull request gets the deploy role",
    "pull-request",
    [/bbws-plan-product-dev/, "bbws-deploy-product-dev"],
  ],
  [
    "role",
    "the role is a setting",
    "deploy-prod",
    [roleOf("093646564004", "deploy", "prod"), "$" + "{{ vars.ROLE }}"],
  ],
  ["main-only", "prod from any branch", "deploy-prod", [inDeploy(onMain), ""]],
  [
    "main-only",
    "prod from main, or not",
    "deploy-prod",
    [inDeploy("refs/heads/main'\n"), "refs/heads/main' || true\n"],
  ],
  [
    "main-only",
    "prod from another branch",
    "deploy-prod",
    [inDeploy("refs/heads/main"), "refs/heads/hotfix"],
  ],
  ["forks", "forks are planned", "pull-request", [/ {4}if: github\.event.*\n/, ""]],
];
