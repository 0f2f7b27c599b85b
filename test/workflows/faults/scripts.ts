import { type Fault, inDeploy } from "./fault.ts";

/** What scripts are made of, and what they give away. */
export const scripts: readonly Fault[] = [
  [
    "injection",
    "the reason is written into the script",
    "deploy-prod",
    ['--reason="$REASON"', '--reason="$' + '{{ inputs.reason }}"'],
  ],
  [
    "injection",
    "the branch is written into the script",
    "pull-request",
    ["run: npm test", "run: npm test -- $" + "{{ github.head_ref }}"],
  ],
  [
    "injection",
    "the title is written into the script",
    "pull-request",
    [
      "          comments=",
      "          echo '$" + "{{ github.event.pull_request.title }}'\n          comments=",
    ],
  ],
  [
    "secret",
    "a secret is in a variable",
    "deploy-prod",
    ["$" + "{{ vars.LAMBDAKIT_URL }}", "$" + "{{ secrets.LAMBDAKIT_URL }}"],
  ],
  [
    "secret",
    "all secrets are printed",
    "deploy-dev",
    ["run: npm test", "run: echo '$" + "{{ toJSON(secrets) }}'"],
  ],
  [
    "secret",
    "the token is printed",
    "pull-request",
    ['          if [ -n "$ids"', '          echo "$GH_TOKEN"\n          if [ -n "$ids"'],
  ],
  [
    "secret",
    "every command is printed, with what it was given",
    "deploy-prod",
    [inDeploy("npx lambdakit"), "set -ex\n          npx lambdakit"],
  ],
  [
    "secret",
    "all variables are printed",
    "deploy-dev",
    ["run: npm test", "run: npm test; printenv"],
  ],
  [
    "long-lived-key",
    "a key is handed to the action",
    "deploy-dev",
    ["          aws-region:", "          aws-access-key-id: AKIA\n          aws-region:"],
  ],
  [
    "long-lived-key",
    "a key is in a variable",
    "deploy-prod",
    ["          LAMBDAKIT_URL:", "          AWS_SECRET_ACCESS_KEY: x\n          LAMBDAKIT_URL:"],
  ],
  ["shell", "pipes may fail", "deploy-prod", ["    shell: bash", "    shell: bash -e {0}"]],
  [
    "shell",
    "nothing is said of the shell",
    "deploy-prod",
    [/defaults:\n {2}run:\n {4}shell: bash\n\n/, ""],
  ],
  [
    "shell",
    "one script goes on",
    "deploy-dev",
    ["        run: npm test", "        shell: sh\n        run: npm test"],
  ],
];
