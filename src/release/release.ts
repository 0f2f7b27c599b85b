import { LambdakitError } from "../errors/index.ts";
import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import { canonicalJson, digest } from "../system/index.ts";
import type { Origin } from "./origin.ts";

/** What is released, and nothing of when or by whom: the same in every environment. */
export interface ReleaseContents {
  readonly service: string;
  /** Of the manifest, with its defaults. */
  readonly manifestSha256: string;
  /** Of the Terraform modules that it is deployed with. */
  readonly stackSha256: string;
  /** Of the service plan of each environment. */
  readonly plans: Readonly<Record<EnvironmentName, string>>;
  /** By the function's key. */
  readonly artifacts: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
  /** Of the bill of materials. */
  readonly sbomSha256: string;
}

/** A release as it is recorded when it is built, and never changed. */
export interface Release extends ReleaseContents {
  /** Twelve hexadecimal digits: the digest of the contents. The same contents are the same release. */
  readonly id: string;
  readonly built: Origin & { readonly commit: Commit | null; readonly lambdakit: string };
}

/** A release in one environment. */
export interface ReleaseView {
  readonly release: Release;
  readonly plan: ServicePlan;
}

/** What of the repository it was built from. */
export interface Commit {
  readonly sha: string;
  /** Whether nothing beside it lay in the service's folder. */
  readonly isClean: boolean;
}

/** As many digits as a commit is usually quoted with, and some more: two releases of a service never share them. */
export const idDigits = 12;

export function releaseId(contents: ReleaseContents): string {
  const { service, manifestSha256, stackSha256, plans, artifacts, sbomSha256 } = contents;
  const counted = { service, manifestSha256, stackSha256, plans, artifacts, sbomSha256 };
  return digest(canonicalJson(counted)).slice(0, idDigits);
}

export function createRelease(contents: ReleaseContents, built: Release["built"]): Release {
  return { id: releaseId(contents), ...contents, built };
}

/** What is there is never written over: not by mistake, and not to mend it. */
export const damagedFix =
  "delete it there, and run the command that brought it there again: it writes what is missing. CloudTrail knows who changed it";

/**
 * Reads a record, and looks whether it is the one that its id says.
 *
 * @throws {LambdakitError} RELEASE_DAMAGED
 */
export function parseRelease(text: string, id: string): Release {
  const release = readJson(text) as Release | undefined;
  if (release === undefined || release.id !== id || releaseId(release) !== id) {
    throw new LambdakitError("RELEASE_DAMAGED", {
      message: `The record of the release ${id} is not what its id says: somebody has changed it.`,
      fix: damagedFix,
    });
  }
  return release;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
