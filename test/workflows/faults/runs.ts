import { type Fault, inDeploy } from "./fault.ts";

/** How often, how long, and what is left. */
export const runs: readonly Fault[] = [
  [
    "concurrency",
    "a second run ends the first in prod",
    "deploy-prod",
    ["cancel-in-progress: false", "cancel-in-progress: true"],
  ],
  ["concurrency", "two runs are at work in prod", "deploy-prod", [/concurrency:\n.*\n.*\n\n/, ""]],
  [
    "concurrency",
    "every run has a group of its own",
    "deploy-dev",
    ["group: product-dev", "group: product-dev-$" + "{{ github.run_id }}"],
  ],
  ["timeout", "prod may hang", "deploy-prod", [inDeploy("    timeout-minutes: 60\n"), ""]],
  [
    "timeout",
    "tests may hang for a day",
    "pull-request",
    ["timeout-minutes: 30", "timeout-minutes: 1440"],
  ],
  [
    "retention",
    "plans of prod are gone in a week",
    "deploy-prod",
    ["retention-days: 30", "retention-days: 7"],
  ],
  ["retention", "nothing is said of how long", "deploy-dev", [/ {10}retention-days: 7\n/, ""]],
];
