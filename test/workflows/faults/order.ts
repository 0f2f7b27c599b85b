import { type Fault, inDeploy } from "./fault.ts";

/** What comes before what, and what lets pass. */
export const order: readonly Fault[] = [
  ["order", "prod does not wait for its plan", "deploy-prod", ["    needs: plan\n", ""]],
  [
    "order",
    "prod waits for the confirmation only",
    "deploy-prod",
    ["needs: plan\n", "needs: confirm\n"],
  ],
  [
    "order",
    "the plan does not wait for the confirmation",
    "deploy-prod",
    ["    needs: confirm\n", ""],
  ],
  ["order", "dev does not wait for its tests", "deploy-dev", ["    needs: test\n", ""]],
  [
    "ignored-failure",
    "dev is deployed with failing tests",
    "deploy-dev",
    ["run: npm test", "run: npm test || true"],
  ],
  [
    "ignored-failure",
    "tests may fail",
    "pull-request",
    ["      - name: Test\n", "      - name: Test\n        continue-on-error: true\n"],
  ],
  [
    "ignored-failure",
    "the plan may fail",
    "deploy-prod",
    ["  plan:\n", "  plan:\n    continue-on-error: true\n"],
  ],
  [
    "ignored-failure",
    "prod is deployed whatever the plan says",
    "deploy-prod",
    [inDeploy("if: github"), "if: always() && github"],
  ],
  [
    "ignored-failure",
    "every end of the plan is a good one",
    "deploy-sit",
    ["test $? -eq 2", "test $? -gt 0"],
  ],
  [
    "ignored-failure",
    "half a deployment is a good one",
    "deploy-sit",
    ['promotion.json"\n', 'promotion.json" || test $? -eq 2\n'],
  ],
  [
    "ignored-failure",
    "the audit can be left out",
    "deploy-dev",
    ["      - name: Look", "      - if: vars.AUDIT\n        name: Look"],
  ],
  ["other-way", "sit is left out", "deploy-prod", [/--from sit/g, "--from dev"]],
  ["other-way", "a merge deploys to prod", "deploy-dev", ["--env dev", "--env prod"]],
  [
    "other-way",
    "what stands by is another environment's",
    "deploy-prod",
    ["dr standby --env prod", "dr standby --env sit"],
  ],
  ["untested", "nothing is tested", "pull-request", ["run: npm test", "run: npm start"]],
  [
    "untested",
    "derived files may be stale",
    "deploy-dev",
    ["npx lambdakit generate --check", "npx lambdakit generate"],
  ],
  [
    "untested",
    "vulnerabilities are not looked for",
    "pull-request",
    [/ {6}- name: Look.*\n.*\n/, ""],
  ],
  [
    "ignored-failure",
    "a script goes on",
    "deploy-prod",
    [inDeploy("npx lambdakit"), "set +e\n          npx lambdakit"],
  ],
];
