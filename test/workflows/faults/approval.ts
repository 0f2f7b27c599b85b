import { type Fault, inDeploy } from "./fault.ts";

/** What was typed, and what was approved. */
export const approval: readonly Fault[] = [
  [
    "confirmation",
    "another word confirms",
    "deploy-prod",
    ['!= "deploy-to-production"', '!= "yes"'],
  ],
  [
    "confirmation",
    "the wrong word is reported, and that is all",
    "deploy-prod",
    [/ {12}exit 1\n/g, ""],
  ],
  ["confirmation", "the right word stops", "deploy-sit", ['!= "deploy"', '= "deploy"']],
  ["confirmation", "nobody is asked why", "deploy-prod", ['-z "$REASON"', '-n "$REASON"']],
  [
    "confirmation",
    "the word is written beforehand",
    "deploy-prod",
    [/\$\{\{ inputs\.confirmation \}\}/g, "deploy-to-production"],
  ],
  ["confirmation", "the command is not told", "deploy-prod", [' --confirm="$CONFIRMATION"', ""]],
  [
    "confirmation",
    "the command is told no reason",
    "deploy-prod",
    ['--reason="$REASON"', '--reason="as always"'],
  ],
  ["confirmation", "the comparison is gone", "deploy-sit", [/\n {2}confirm:\n[\s\S]*?\n\n/, "\n"]],
  ["unbound-plan", "any plan is applied", "deploy-prod", [' --plan="$PLAN"', ""]],
  [
    "unbound-plan",
    "the release is that of the form",
    "deploy-prod",
    [/needs\.plan\.outputs\.release/g, "inputs.release"],
  ],
  ["unbound-plan", "the plan deploys", "deploy-prod", [" --dry-run", ""]],
  [
    "unbound-plan",
    "nothing is promoted",
    "deploy-prod",
    [inDeploy("npx lambdakit promote"), "echo"],
  ],
  [
    "confirmation",
    "the script ends well before it compares",
    "deploy-prod",
    [/ {10}if \[ "\$CONF/, '          exit 0\n          if [ "$CONF'],
  ],
  [
    "confirmation",
    "the word is filled in",
    "deploy-prod",
    [
      "description: Type deploy-to-production",
      "default: deploy-to-production\n        description: x",
    ],
  ],
];
