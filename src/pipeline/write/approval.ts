import type { ServicePlan } from "../../plan/index.ts";
import { onBranch } from "../service-roles.ts";
import { expression, type JobModel } from "./workflow-model.ts";

/** What is typed when a workflow is started, and reaches scripts as variables only. */
export interface Approval {
  /** The fields of GitHub's form. */
  readonly inputs: Readonly<Record<string, object>>;
  readonly variables: Readonly<Record<string, string>>;
  /** How it is said to `lambdakit`, with a space behind it; empty where nothing is asked. */
  readonly options: string;
  /** Ends the run before anything is done, where it is not what it has to be; null where nothing is asked. */
  readonly job: JobModel | null;
}

/** @param runner such as `ubuntu-24.04` */
export function approvalOf(plan: ServicePlan, runner: string): Approval {
  const { environment, approval } = plan;
  const { confirmation, reasonRequired } = approval;
  if (confirmation === null) return { inputs: {}, variables: {}, options: "", job: null };
  const field = (description: string) => ({ description, required: true, type: "string" });
  const variables = {
    CONFIRMATION: expression("inputs.confirmation"),
    ...(reasonRequired ? { REASON: expression("inputs.reason") } : {}),
  };
  return {
    inputs: {
      confirmation: field(`Type ${confirmation}`),
      ...(reasonRequired ? { reason: field(`Why ${environment} is changed`) } : {}),
    },
    variables,
    options: `--confirm="$CONFIRMATION" ${reasonRequired ? '--reason="$REASON" ' : ""}`,
    job: {
      name: "Confirm",
      if: onBranch(plan),
      "runs-on": runner,
      "timeout-minutes": 5,
      permissions: {},
      steps: [
        {
          name: "Compare what was typed",
          env: variables,
          run: comparison(confirmation, reasonRequired),
        },
      ],
    },
  };
}

function comparison(confirmation: string, reasonRequired: boolean): string {
  const refuse = (condition: string, message: string) =>
    `if [ ${condition} ]; then\n  echo '::error::${message}'\n  exit 1\nfi\n`;
  return [
    refuse(
      `"$CONFIRMATION" != "${confirmation}"`,
      `Nothing was done: type ${confirmation} to confirm.`,
    ),
    ...(reasonRequired ? [refuse('-z "$REASON"', "Nothing was done: say why.")] : []),
  ].join("");
}
