import { atKey, type Finding } from "./finding.ts";
import type { Subject } from "./subject.ts";

/**
 * Start with the rights of the deployed branch at what somebody without rights does.
 * @see https://docs.github.com/en/actions/reference/security/secure-use
 */
const untrusted = [
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
  "fork",
  "watch",
];

/** Each workflow has one occasion; what the clock starts can be started by hand, too. */
export function checkTriggers({ workflow, kind, plan }: Subject): Finding[] {
  const { branch } = plan.deployment;
  const wanted = occasionOf(kind, plan);
  const also = kind === "rehearse" ? "workflow_dispatch" : wanted;
  const findings = [...workflow.triggers.keys()]
    .filter((name) => name !== wanted && name !== also)
    .map((name) =>
      untrusted.includes(name)
        ? atKey(
            workflow,
            "on",
            "untrusted-trigger",
            `${name} starts it with the rights of ${branch}`,
            `remove ${name}`,
          )
        : atKey(
            workflow,
            "on",
            "trigger",
            `${name} starts it, and only ${wanted} may`,
            `remove ${name}`,
          ),
    );
  if (!workflow.triggers.has(wanted)) {
    findings.push(
      atKey(workflow, "on", "trigger", `${wanted} does not start it`, `write on: ${wanted}`),
    );
  } else if (wanted === "push" && !isOf(branch, workflow.triggers.get("push"))) {
    const what = `a push to another branch than ${branch}, or of a tag, starts it`;
    const fix = `write on: push: branches: [${branch}], and no tags`;
    findings.push(atKey(workflow, "on", "trigger", what, fix));
  }
  return findings;
}

function occasionOf(kind: Subject["kind"], { approval }: Subject["plan"]): string {
  if (kind === "pull-request") return "pull_request";
  if (kind === "rehearse") return "schedule";
  return kind === "deploy" && approval.confirmation === null ? "push" : "workflow_dispatch";
}

function isOf(branch: string, push: unknown): boolean {
  if (typeof push !== "object" || push === null || "tags" in push) return false;
  return "branches" in push && Array.isArray(push.branches) && push.branches.join() === branch;
}
