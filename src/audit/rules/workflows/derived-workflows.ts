import {
  checkPipeline,
  type FindingId,
  findingMeanings,
  type Finding as PipelineFinding,
} from "../../../pipeline/index.ts";
import type { FileFacts, Subject } from "../../facts.ts";
import type { Severity } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import { workflowsIn } from "./workflows-in.ts";

/** What a stranger could use, or what lets something reach production that nobody saw. Others are of medium urgency. */
const urgent: Partial<Record<FindingId, Severity>> = {
  "untrusted-trigger": "critical",
  injection: "critical",
  "long-lived-key": "critical",
  secret: "critical",
  forks: "critical",
  "main-only": "high",
  environment: "high",
  permissions: "high",
  "default-permissions": "high",
  role: "high",
  "role-elsewhere": "high",
  "other-way": "high",
  "unbound-plan": "high",
  "other-code": "high",
  "ignored-failure": "high",
  unpinned: "high",
  "kept-token": "high",
  confirmation: "high",
};

const why: Partial<Record<FindingId, string>> = {
  "untrusted-trigger": "Whoever may open an issue or a pull request starts a job that may write.",
  injection: "Whoever chooses that text runs what they like with the rights of the job.",
  "long-lived-key": "It works from everywhere and for ever, for whoever has read it once.",
  secret: "Whatever a job is given, every step and every package in it can send away.",
  forks: "Anybody can fork, and so run their own code with the role.",
  unpinned:
    "Whoever may move that tag runs other code in this repository, with what its jobs are given.",
  "default-permissions": "A step that is taken over may then write to the repository.",
  permissions: "A step that is taken over may use it.",
  "kept-token": "A later step, or a package that it installs, could push with it.",
};

/**
 * A rule for each finding of `lambdakit generate`, under the same id: what is wrong with the service's own workflows.
 */
export const derivedWorkflows: readonly Rule[] = (Object.keys(findingMeanings) as FindingId[]).map(
  (id) => ({
    id,
    severity: urgent[id] ?? "medium",
    means: findingMeanings[id],
    why:
      why[id] ??
      "The way to production is only as strong as its weakest step: what is not stopped here reaches callers.",
    source: "https://docs.github.com/en/actions/reference/security/secure-use",
    checks: {
      files: (facts, subject) =>
        pipelineFindings(facts, subject)
          .filter((finding) => finding.id === id)
          .map(({ file, line, place, what, fix }) => ({
            place: { file, line },
            evidence: `${place}: ${what}`,
            fix,
          })),
    },
  }),
);

const known = new WeakMap<FileFacts, readonly PipelineFinding[]>();

/** Looked for once: every id asks. */
function pipelineFindings(facts: FileFacts, { plans, folder }: Subject) {
  const findings = known.get(facts) ?? checkPipeline(plans, workflowsIn(facts), folder);
  known.set(facts, findings);
  return findings;
}
