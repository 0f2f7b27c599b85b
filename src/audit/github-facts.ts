/**
 * What GitHub says of a repository, as its REST API has it: only what rules look at. Each part is its own answer,
 * and may be missing: a token may see one and not the other.
 *
 * @see https://docs.github.com/en/rest (2026-11-27), version 2022-11-28
 */
export interface GitHubFacts {
  /** Such as `acme/shop`. */
  readonly repository: string;
  /** Where a person looks at it. */
  readonly url: string;
  readonly about: GitHubRepository;
  /** What holds for the branch that is deployed. */
  readonly branch: BranchRules;
  readonly environments: readonly GitHubEnvironment[];
  readonly actions: {
    /** What the token of a job may do that states nothing. */
    readonly defaultPermissions: "read" | "write";
    readonly mayApprove: boolean;
    /** Which actions may run at all; null where Actions are off. */
    readonly allowed: "all" | "local_only" | "selected" | null;
  } | null;
  /** The names of the repository's secrets; null where the token may not see them. */
  readonly secrets: readonly string[] | null;
  /** Whether GitHub tells of vulnerable packages; null where the token may not see it. */
  readonly vulnerabilityAlerts: boolean | null;
  readonly openAlerts: readonly DependabotAlert[] | null;
  readonly openSecrets: readonly SecretAlert[] | null;
}

export interface GitHubRepository {
  readonly visibility: "public" | "private" | "internal";
  readonly defaultBranch: string;
  /** Null where the token may not see it, or the repository has none of it. */
  readonly secretScanning: boolean | null;
  readonly pushProtection: boolean | null;
}

/** Branch protection and rulesets together: whichever asks for more. */
export interface BranchRules {
  readonly name: string;
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
