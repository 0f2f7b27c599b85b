import type { Fault } from "./fault.ts";

/** What starts a workflow. */
export const occasions: readonly Fault[] = [
  ["unreadable", "it is no YAML any more", "deploy-prod", ["jobs:", "jobs: ["]],
  ["unreadable", "it has no jobs", "deploy-sit", [/\njobs:[\s\S]*/, "\njobs: {}\n"]],
  [
    "untrusted-trigger",
    "pull_request_target is added",
    "pull-request",
    ["on:\n", "on:\n  pull_request_target:\n"],
  ],
  [
    "untrusted-trigger",
    "workflow_run starts prod",
    "deploy-prod",
    ["on:\n", "on:\n  workflow_run:\n    workflows: [x]\n"],
  ],
  [
    "trigger",
    "a schedule starts prod",
    "deploy-prod",
    ["on:\n", "on:\n  schedule: [{ cron: '0 3 * * *' }]\n"],
  ],
  ["trigger", "no clock starts the rehearsal", "rehearse", [/ {2}schedule:\n.*\n/, ""]],
  ["trigger", "a push starts the rehearsal", "rehearse", ["on:\n", "on:\n  push:\n"]],
  ["trigger", "prod follows a push", "deploy-prod", ["  workflow_dispatch:", "  push:"]],
  [
    "trigger",
    "every branch is deployed",
    "deploy-dev",
    ["      - main\n", "      - main\n      - feature/**\n"],
  ],
  [
    "trigger",
    "tags are deployed",
    "deploy-dev",
    ["    branches:\n", "    tags: [v*]\n    branches:\n"],
  ],
];
