import { artifactKey } from "../names.ts";

/** The variable of `terraform/stacks/service` that changes with the code, and is in no committed file. */
export interface ArtifactVariables {
  /** By the function's key. */
  readonly artifacts: Readonly<Record<string, { readonly key: string; readonly sha256: string }>>;
}

/**
 * Where each function's zip lies in the artifact bucket, and what it is.
 *
 * @param functions by the function's key, with the zip's SHA-256 in hexadecimal digits: `functions` of
 * `artifacts.json`
 */
export function artifactVariables(
  functions: Readonly<Record<string, { readonly sha256: string }>>,
): ArtifactVariables {
  const sorted = Object.entries(functions).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    artifacts: Object.fromEntries(
      sorted.map(([key, { sha256 }]) => [key, { key: artifactKey(sha256), sha256 }]),
    ),
  };
}
