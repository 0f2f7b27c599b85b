import type { FindingId } from "../../../src/pipeline/index.ts";

/** One edit of one of the Product service's workflows, what is wrong after it, and the finding that has to say so. */
export type Fault = readonly [id: FindingId, what: string, workflow: string, edit: Edit];

export type Edit = readonly [from: string | RegExp, to: string];

export const checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
export const onMain = "    if: github.ref == 'refs/heads/main'\n";

export function roleOf(account: string, purpose: string, environment: string): string {
  return `arn:aws:iam::${account}:role/bbws-${purpose}-product-${environment}`;
}

/** The first place in the job that deploys, the last of a file. */
export function inDeploy(pattern: string): RegExp {
  return new RegExp(`(?<=\n  deploy:\n[\\s\\S]*)${pattern}`);
}
