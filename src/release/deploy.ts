import type { Verification } from "../verify/index.ts";
import { type BringLiveOptions, bringLive } from "./bring-live.ts";
import type { ReleaseEnvironment } from "./environment.ts";
import { isSettled } from "./is-settled.ts";
import type { ReleaseDocuments } from "./releases.ts";
import { readAliases } from "./traffic/traffic.ts";

export interface DeployOptions extends Omit<BringLiveOptions, "action"> {
  readonly documents: ReleaseDocuments;
  /** Whether Terraform has anything to do. */
  readonly hasChanges: boolean;
}

/**
 * Keeps a release that was just built, and makes it live.
 *
 * @throws {LambdakitError} as {@link bringLive} says
 */
export async function deployRelease(
  environment: ReleaseEnvironment,
  { documents, hasChanges, ...options }: DeployOptions,
): Promise<{
  readonly outcome: "already-live" | "live";
  readonly verification?: Verification | undefined;
}> {
  const { release, plan, operations, onStep } = options;
  const kept = await environment.releases.keep(release, documents);
  onStep(
    kept.built.at === release.built.at
      ? "recorded the release"
      : "found the release as it was built before",
  );
  const aliases = await readAliases(
    environment.traffic,
    plan.functions.map(({ name }) => name),
  );
  if (!hasChanges && isSettled(operations, release.id, aliases)) return { outcome: "already-live" };
  const verification = await bringLive(environment, { ...options, action: "deploy" });
  return { outcome: "live", verification };
}
