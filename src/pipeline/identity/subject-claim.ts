import type { ServicePlan } from "../../plan/index.ts";

/** A repository, as GitHub names it in tokens. */
export interface Repository {
  /** Such as `acme/shop`. */
  readonly name: string;
  /** The branch that is deployed. @default `main` */
  readonly branch?: string;
  /**
   * Numbers that stay when names change hands. With them, the subject has GitHub's immutable form: the default of
   * repositories that were made, renamed or transferred since July 2026, and of others that have chosen it.
   */
  readonly ids?: { readonly owner: string; readonly repository: string };
}

/**
 * The repository of a service, with its numbers where the manifest states both, as `acme@1234/shop@5678`: that is how
 * a subject has them, and everywhere else GitHub wants the name without. Null where no repository may deploy.
 */
export function repositoryOf({ deployment }: ServicePlan): Repository | null {
  const { repository: written, branch } = deployment;
  if (written === null) return null;
  const name = written.replaceAll(/@\d+/g, "");
  const [owner, repository] = [...written.matchAll(/@(\d+)/g)].map(([, id]) => id);
  if (owner === undefined || repository === undefined) return { name, branch };
  return { name, branch, ids: { owner, repository } };
}

/**
 * What GitHub writes into `sub`. An environment takes the place of the branch: whoever trusts it trusts
 * the rules of that environment, and these say which branches may enter.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 */
export function subjectClaim(
  { name, ids }: Repository,
  job: { readonly environment: string | undefined; readonly event: string; readonly ref: string },
): string {
  const [owner, repository] = name.split("/");
  const who = ids === undefined ? name : `${owner}@${ids.owner}/${repository}@${ids.repository}`;
  if (job.environment !== undefined) {
    // A colon would read as the beginning of another part.
    return `repo:${who}:environment:${job.environment.replaceAll(":", "%3A")}`;
  }
  return job.event === "pull_request" ? `repo:${who}:pull_request` : `repo:${who}:ref:${job.ref}`;
}
