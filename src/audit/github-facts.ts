import type { Unread } from "./unread.ts";

/**
 * What GitHub says of a repository, as its REST API has it: only what rules look at. Each part is its own answer,
 * and may be unread: a token may see one and not the other.
 *
 * @see https://docs.github.com/en/rest (2026-11-27), version 2022-11-28
 */
export interface GitHubFacts {
  /** Such as `acme/shop`. */
  readonly repository: string;
  /** Where a person looks at it. */
  readonly url: string;
  readonly visibility: "public" | "private" | "internal";
  /** The branch that is deployed. */
  readonly branch: string;
  readonly rules: BranchRules | Unread;
  readonly environments: readonly GitHubEnvironment[] | Unread;
  /** Which actions may run at all. */
  readonly allowedActions: "all" | "local_only" | "selected" | "none" | Unread;
  readonly jobToken: JobToken | Unread;
  /** The names of the repository's secrets. */
  readonly secrets: readonly string[] | Unread;
  readonly scanning: Scanning | Unread;
  /** Whether GitHub tells of vulnerable packages. */
  readonly alertsOn: { readonly isOn: boolean } | Unread;
  readonly openAlerts: readonly DependabotAlert[] | Unread;
  readonly openSecrets: readonly SecretAlert[] | Unread;
}

/** What the token of a job may do that states nothing. */
export interface JobToken {
  readonly mayWrite: boolean;
  readonly mayApprove: boolean;
}

export interface Scanning {
  readonly findsSecrets: boolean;
  readonly refusesPushes: boolean;
}

/** Branch protection and rulesets together: whichever asks for more. */
export interface BranchRules {
  readonly isProtected: boolean;
  readonly requiredReviews: number;
  readonly codeOwnerReview: boolean;
  readonly requiredChecks: readonly string[];
  readonly allowsForcePush: boolean;
  readonly allowsDeletion: boolean;
}

export interface GitHubEnvironment {
  readonly name: string;
  /** How many people or teams may let a job in; 0 where nobody has to. */
  readonly reviewers: number;
  readonly preventsSelfReview: boolean;
  /** Whether only some branches may use it. */
  readonly restrictsBranches: boolean;
}

export interface DependabotAlert {
  readonly number: number;
  readonly url: string;
  readonly package: string;
  readonly severity: "critical" | "high" | "medium" | "low";
  readonly summary: string;
}

export interface SecretAlert {
  readonly url: string;
  readonly kind: string;
}
