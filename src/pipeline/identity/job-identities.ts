import { branchRef } from "../../names.ts";
import { roleAskedFor } from "../check/subject.ts";
import type { Job, Workflow } from "../read/workflow.ts";
import { type Repository, subjectClaim } from "./subject-claim.ts";

/** A job that takes on a role, and what GitHub would say of it in its token. */
export interface JobIdentity {
  /** The file, from the root of the repository. */
  readonly workflow: string;
  readonly job: string;
  readonly roleArn: string;
  readonly environment: string | null;
  readonly audience: string;
  readonly subject: string;
  /**
   * Every claim of the token that does not differ from run to run.
   * @see https://docs.github.com/en/actions/reference/security/oidc
   */
  readonly claims: Readonly<Record<string, string>>;
}

/** What the action asks GitHub for. */
const defaultAudience = "sts.amazonaws.com";
const issuer = "https://token.actions.githubusercontent.com";

/** Where and how a workflow runs: what is not in its file, and is in the token. */
export interface Occasion {
  readonly event: string;
  /** Such as `refs/heads/main`, or `refs/pull/7/merge`. */
  readonly ref: string;
}

/**
 * Who asks AWS for which role: one entry for each job, role and occasion.
 *
 * @param occasion how it runs. @default each trigger of the workflow, on the branch that is deployed; pull requests
 *   on `refs/pull/1/merge`
 */
export function jobIdentities(
  workflows: readonly Workflow[],
  repository: Repository,
  occasion?: Occasion,
): readonly JobIdentity[] {
  return workflows.flatMap((workflow) =>
    (occasion === undefined ? occasionsOf(workflow, repository) : [occasion]).flatMap((one) =>
      workflow.jobs.flatMap((job) => identitiesOf(workflow, job, repository, one)),
    ),
  );
}

function occasionsOf({ triggers }: Workflow, { branch = "main" }: Repository): Occasion[] {
  return [...triggers.keys()].map((event) => ({
    event,
    ref: event === "pull_request" ? "refs/pull/1/merge" : branchRef(branch),
  }));
}

function identitiesOf(
  { file, name }: Workflow,
  { id, environment, steps }: Job,
  repository: Repository,
  { event, ref }: Occasion,
): JobIdentity[] {
  return steps.flatMap((step) => {
    const roleArn = roleAskedFor(step);
    if (roleArn === undefined) return [];
    const audience = step.with.audience ?? defaultAudience;
    const subject = subjectClaim(repository, { environment, event, ref });
    const workflowRef = `${repository.name}/${file}@${ref}`;
    const claims = {
      iss: issuer,
      aud: audience,
      sub: subject,
      repository: repository.name,
      repository_owner: repository.name.split("/")[0] ?? "",
      ref,
      ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
      event_name: event,
      workflow: name,
      workflow_ref: workflowRef,
      job_workflow_ref: workflowRef,
      runner_environment: "github-hosted",
      ...(environment === undefined ? {} : { environment }),
      ...(repository.ids === undefined
        ? {}
        : { repository_owner_id: repository.ids.owner, repository_id: repository.ids.repository }),
    };
    const place = { workflow: file, job: id, environment: environment ?? null };
    return [{ ...place, roleArn, audience, subject, claims }];
  });
}
