import type { ServicePlan } from "../../plan/index.ts";
import { isUnreadable, parseWorkflow } from "../read/parse-workflow.ts";
import type { Workflow } from "../read/workflow.ts";
import { serviceRoles } from "../service-roles.ts";
import { inFolder } from "../site.ts";
import { generatedMark, type WorkflowFile, workflowPath } from "../workflow-files.ts";
import { checkActions } from "./actions.ts";
import { checkApproval } from "./approval.ts";
import { checkCommands } from "./commands.ts";
import { checkFailures } from "./failures.ts";
import type { Finding } from "./finding.ts";
import { checkGates } from "./gates.ts";
import { checkOrder } from "./order.ts";
import { checkPermissions } from "./permissions.ts";
import { checkPromotion } from "./promotion.ts";
import { checkRuns } from "./runs.ts";
import { checkScripts } from "./scripts.ts";
import type { Subject } from "./subject.ts";
import { checkTests } from "./tests.ts";
import { checkTriggers } from "./triggers.ts";

const checks: readonly ((subject: Subject) => Finding[])[] = [
  checkTriggers,
  checkPermissions,
  checkGates,
  checkOrder,
  checkApproval,
  checkPromotion,
  checkFailures,
  checkTests,
  checkCommands,
  checkActions,
  checkScripts,
  checkRuns,
];

/**
 * Finds everything that is wrong with the workflows of a service, as they lie on disk. Nothing that was
 * derived is taken for right: each rule looks at what a job gets, what has to happen before, and what it does.
 *
 * @param plans of dev, sit and prod
 * @param files every workflow of the repository: others must not take on roles of this service
 * @param folder of the service, from the root of the repository
 */
export function checkPipeline(
  plans: readonly ServicePlan[],
  files: readonly WorkflowFile[],
  folder: string,
): readonly Finding[] {
  const source = inFolder(folder, "service.ts");
  return files.flatMap(({ path, text }) => {
    const subject = subjectOf(plans, path);
    const isDerived = text.startsWith(`${generatedMark}${source}:`);
    if (subject === undefined && isDerived) return [leftOver(path, source)];
    const workflow = parseWorkflow(path, text);
    if (!isUnreadable(workflow)) {
      return subject === undefined
        ? checkElsewhere(plans, workflow)
        : checks.flatMap((check) => check({ ...subject, workflow }));
    }
    // GitHub does not run it either; of others' files, that is others' business.
    if (subject === undefined) return [];
    const { file, line, reason } = workflow;
    const fix = "npx lambdakit generate";
    return [{ id: "unreadable", file, place: `line ${line}`, line, what: reason, fix }];
  });
}

/** What a file is for, by its name; undefined where it is none of this service's. */
function subjectOf(
  plans: readonly ServicePlan[],
  path: string,
): Omit<Subject, "workflow"> | undefined {
  const duties = [
    { name: "pull-request", kind: "pull-request", environment: "dev", from: null },
    { name: "deploy-dev", kind: "deploy", environment: "dev", from: null },
    { name: "deploy-sit", kind: "promote", environment: "sit", from: "dev" },
    { name: "deploy-prod", kind: "promote", environment: "prod", from: "sit" },
    // Of all of them: what it leaves behind is kept as prod's is.
    { name: "rehearse", kind: "rehearse", environment: "prod", from: null },
  ] as const;
  for (const { name, environment, ...duty } of duties) {
    const plan = plans.find((one) => one.environment === environment);
    if (plan === undefined || plan.deployment.repository === null) continue;
    if (path === workflowPath(plan.service, name)) return { ...duty, plan };
  }
  return undefined;
}

/** Of a service that had another name, or that no repository may deploy any more: GitHub would go on with it. */
function leftOver(file: string, source: string): Finding {
  const what = `was derived from ${source}, which has no such workflow any more`;
  return { id: "left-over", file, place: "line 1", line: 1, what, fix: `git rm ${file}` };
}

function checkElsewhere(plans: readonly ServicePlan[], { file, spans }: Workflow): Finding[] {
  const roles = plans.flatMap((plan) => Object.values(serviceRoles(plan)));
  return roles.flatMap(({ arn }) => {
    const name = arn.slice(arn.lastIndexOf("/") + 1);
    return spans
      .filter(({ text }) => text.split(/[^\w-]+/).includes(name))
      .map(({ line }): Finding => {
        const fix =
          "remove it: what is done with a role of the service is done in its own workflows";
        return {
          id: "role-elsewhere",
          file,
          place: `line ${line}`,
          line,
          what: `names ${name}`,
          fix,
        };
      });
  });
}
