import {
  isUnreadable,
  parseWorkflow,
  pinnedActions,
  type Step,
  type Workflow,
  workflowNames,
  workflowPath,
} from "../../../pipeline/index.ts";
import type { FileFacts, Subject } from "../../facts.ts";
import type { Edit, Found } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import { derivedWorkflows } from "./derived-workflows.ts";
import { workflowsIn } from "./workflows-in.ts";

/**
 * What is looked for in workflows that are none of the service's: they run in the same repository, with its token and
 * beside its code. The rules are those of the service's own, and so are their ids.
 */
const looks: Readonly<Record<string, (workflow: Workflow) => Found[]>> = {
  unpinned,
  "default-permissions": defaultPermissions,
  "untrusted-trigger": untrustedTrigger,
  injection,
  "long-lived-key": longLivedKey,
};

/** Every rule about workflows, for those that are derived and for the others. */
export const workflowRules: readonly Rule[] = derivedWorkflows.map((rule) => {
  const look = looks[rule.id];
  const { files: own } = rule.checks;
  if (look === undefined || own === undefined) return rule;
  return {
    ...rule,
    checks: {
      files: (facts, subject) => [...own(facts, subject), ...others(facts, subject).flatMap(look)],
    },
  };
});

const known = new WeakMap<FileFacts, readonly Workflow[]>();

/** Read once: each look asks. */
function others(facts: FileFacts, subject: Subject): readonly Workflow[] {
  const read = known.get(facts) ?? readOthers(facts, subject);
  known.set(facts, read);
  return read;
}

function readOthers(facts: FileFacts, { plans }: Subject): Workflow[] {
  const own = new Set(
    plans
      .filter(({ deployment }) => deployment.repository !== null)
      .flatMap(({ service }) => workflowNames.map((name) => workflowPath(service, name))),
  );
  return workflowsIn(facts)
    .filter(({ path }) => !own.has(path))
    .map(({ path, text }) => parseWorkflow(path, text))
    .flatMap((workflow) => (isUnreadable(workflow) ? [] : [workflow]));
}

function unpinned(workflow: Workflow): Found[] {
  return stepsOf(workflow).flatMap((step) => {
    const { uses } = step;
    // An action of the repository itself is at this commit.
    if (uses === undefined || uses.name.startsWith(".") || /^[0-9a-f]{40}$/.test(uses.ref))
      return [];
    if (uses.name.startsWith("docker://") && uses.ref.startsWith("sha256:")) return [];
    const known = Object.values(pinnedActions).find(({ name }) => name === uses.name);
    const pin = known && `${known.name}@${known.commit} # ${known.version}`;
    return [
      {
        ...at(workflow, step.line, `${step.title}: uses ${uses.name}@${uses.ref}`),
        fix: `write uses: ${pin ?? `${uses.name}@COMMIT # vX.Y.Z, with all 40 digits of the commit`}`,
      },
    ];
  });
}

function defaultPermissions(workflow: Workflow): Found[] {
  const { permissions, jobs } = workflow;
  const isStated = typeof permissions === "object" || permissions === "read-all";
  if (isStated || jobs.every((job) => typeof job.permissions === "object")) return [];
  const line = workflow.line("permissions");
  const edit: Edit = {
    file: workflow.file,
    line: workflow.line("jobs"),
    removed: 0,
    inserted: ["permissions:", "  contents: read", ""],
  };
  return [
    {
      ...at(
        workflow,
        line,
        permissions === undefined ? "states no permissions" : `has ${permissions}`,
      ),
      fix: "write permissions: contents: read at its top, and what a job needs beside that in the job",
      // Whoever wrote write-all may need one of them.
      ...(permissions === undefined && { edits: [edit] }),
    },
  ];
}

function untrustedTrigger(workflow: Workflow): Found[] {
  return ["pull_request_target", "workflow_run", "issue_comment"]
    .filter((name) => workflow.triggers.has(name))
    .filter(() => stepsOf(workflow).some(checksOutAnother))
    .map((name) => ({
      ...at(
        workflow,
        workflow.line("on"),
        `${name} starts it, and it checks out what somebody else wrote`,
      ),
      fix: "start it with pull_request, or check nothing out",
    }));
}

/** The code of a pull request, in a run that has the repository's own rights. */
function checksOutAnother({ uses, with: options }: Step): boolean {
  return uses?.name === pinnedActions.checkout.name && /head|pull/.test(options.ref ?? "");
}

/** What people write who may do nothing else here. */
const foreign =
  /\$\{\{[^}]*github\.(?:event\.(?:issue|pull_request|comment|review|discussion|head_commit|commits|pages|workflow_run)\b[^}]*\.(?:title|body|message|name|email|label|ref|head_ref|default_branch|head_branch|page_name)\b|head_ref\b)[^}]*\}\}/;

function injection(workflow: Workflow): Found[] {
  return stepsOf(workflow).flatMap((step) => {
    const [text] = foreign.exec(`${step.run ?? ""}\n${step.with.script ?? ""}`) ?? [];
    if (text === undefined) return [];
    return [
      {
        ...at(workflow, step.line, `${step.title}: has ${text} in its script`),
        fix: "put it into env, and use the variable",
      },
    ];
  });
}

function longLivedKey(workflow: Workflow): Found[] {
  return workflow.spans
    .filter(({ text }) => /aws[-_](?:access[-_]key[-_]id|secret[-_]access[-_]key)\b/i.test(text))
    .map(({ line }) => ({
      ...at(workflow, line, "has a key of AWS"),
      fix: "remove it, end the key in IAM, and take on a role by GitHub's token",
    }));
}

function at({ file }: Workflow, line: number, evidence: string) {
  return { place: { file, line }, evidence };
}

function stepsOf({ jobs }: Workflow): Step[] {
  return jobs.flatMap(({ steps }) => steps);
}
