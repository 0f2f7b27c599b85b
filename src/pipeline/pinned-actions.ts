/** A foreign action, by the commit that it was reviewed at: a tag can be moved to another one. */
export interface PinnedAction {
  /** Owner and repository, such as `actions/checkout`. */
  readonly name: string;
  readonly commit: string;
  readonly version: string;
}

/**
 * Every action that a workflow of ours uses. `version` was resolved to `commit` on 2026-11-26, by the tag
 * in the action's own repository where nothing else is said.
 */
export const pinnedActions = {
  checkout: {
    name: "actions/checkout",
    commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    version: "v7.0.1",
  },
  setupNode: {
    name: "actions/setup-node",
    commit: "820762786026740c76f36085b0efc47a31fe5020",
    version: "v7.0.0",
  },
  setupTerraform: {
    name: "hashicorp/setup-terraform",
    commit: "dfe3c3f87815947d99a8997f908cb6525fc44e9e",
    version: "v4.0.1",
  },
  configureAwsCredentials: {
    name: "aws-actions/configure-aws-credentials",
    commit: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
    version: "v6.2.3",
  },
  // The copy of its repository that was at hand ends at v7.0.0. Ten public repositories that were looked at
  // pin this commit, and those that name its version call it v7.0.1.
  uploadArtifact: {
    name: "actions/upload-artifact",
    commit: "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a",
    version: "v7.0.1",
  },
} as const satisfies Record<string, PinnedAction>;

/** What `npm test` of this repository applies with; a newer one is not taken unasked. */
export const terraformVersion = "1.11.4";
