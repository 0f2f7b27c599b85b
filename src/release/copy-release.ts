import type { Release } from "./release.ts";
import type { Releases } from "./releases.ts";

/**
 * Copies a release to another account: the zips first, its record last. Each zip is held against its digest
 * when it leaves, and by S3 when it arrives.
 *
 * @returns how many zips were not there yet
 * @throws {LambdakitError} RELEASE_DAMAGED, or as `awsError` says
 */
export async function copyRelease(release: Release, from: Releases, to: Releases): Promise<number> {
  const digests = new Set(Object.values(release.artifacts).map(({ sha256 }) => sha256));
  const copied = await Promise.all(
    [...digests].map(async (sha256) =>
      to.putArtifact(await from.artifact(release, sha256), sha256),
    ),
  );
  await to.keep(release, await from.documentsOf(release));
  return copied.filter(Boolean).length;
}
