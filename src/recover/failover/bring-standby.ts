import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import {
  allAtOnce,
  type BringLiveOptions,
  bringLive,
  type Consent,
  copyRelease,
  isSettled,
  type PlannedStack,
  planDigest,
  type Release,
  type ReleaseAccount,
  type ReleaseEnvironment,
  readAliases,
  requireConsent,
  requireFree,
  requireProven,
  requireStack,
} from "../../release/index.ts";
import type { Change } from "../../terraform/index.ts";
import type { Verification } from "../../verify/index.ts";

export interface StandbyOptions<Stack extends PlannedStack>
  extends Pick<BringLiveOptions, "interrupted" | "onStep"> {
  /** Where callers are. */
  readonly from: ReleaseAccount;
  /** Where the service stands by. */
  readonly to: ReleaseEnvironment;
  /** The service as it stands by, of the manifest that is at hand. */
  readonly plan: ServicePlan;
  /** SHA-256 of that manifest. */
  readonly manifestSha256: string;
  readonly consent: Consent;
  /** Plans, and changes nothing. */
  readonly dryRun: boolean;
  readonly openStack: (release: Release) => Promise<Stack>;
  /** Called before anything is changed, or refused. */
  readonly onPlanned: (planned: PlannedStandby<Stack>) => void;
  readonly verifierOf: (stack: Stack) => BringLiveOptions["verify"];
}

/** What would be done. */
export interface PlannedStandby<Stack extends PlannedStack = PlannedStack> {
  readonly stack: Stack;
  readonly release: Release;
  readonly planDigest: string;
  readonly changes: readonly Change[];
}

/** What became of it. */
export interface Standby<Stack extends PlannedStack> extends PlannedStandby<Stack> {
  readonly outcome: "planned" | "already-standing-by" | "standing-by";
  readonly verification?: Verification | undefined;
}

/**
 * Brings what is live and proven in the primary region to the region that stands by: the same bytes, all at once,
 * because nobody is there yet.
 *
 * @throws {LambdakitError} RELEASE_NONE_LIVE, RELEASE_NOT_PROVEN, RECOVERY_OTHER_MANIFEST, RELEASE_STACK_DIFFERS,
 *   RELEASE_BUSY, DEPLOY_NOT_CONFIRMED, DEPLOY_LOSES_DATA, RELEASE_DAMAGED, or as `bringLive` says
 */
export async function bringStandby<Stack extends PlannedStack>(
  options: StandbyOptions<Stack>,
): Promise<Standby<Stack>> {
  const { from, to, plan, consent, dryRun, openStack, onPlanned, onStep } = options;
  const { environment, region } = plan;
  const release = await requireProven(from, undefined);
  requireManifest(release, options.manifestSha256);
  onStep(`looked what is live in ${environment}: ${release.id}`);
  const operations = await to.history.read();
  const names = plan.functions.map(({ name }) => name);
  const aliases = await readAliases(to.traffic, names);
  requireFree(operations, to.place, { environment, release: release.id, aliases });
  const stack = await openStack(release);
  requireStack(stack, release);
  const changes = await stack.plan();
  const digest = planDigest(release.id, environment, changes);
  const planned = { stack, release, planDigest: digest, changes };
  onPlanned(planned);
  if (dryRun) return { ...planned, outcome: "planned" };
  const losses = changes.filter(({ losesData }) => losesData).map(({ address }) => address);
  requireConsent(consent, plan, `lambdakit dr standby --env ${environment}`, losses);
  const isDone = (await to.releases.standbyOf(release.id, environment)) !== undefined;
  if (changes.length === 0 && isDone && isSettled(operations, release.id, aliases)) {
    return { ...planned, outcome: "already-standing-by" };
  }
  const copied = await copyRelease(release, from.releases, to.releases);
  await to.releases.keepStandby(release, plan);
  onStep(`copied ${copied} new ${copied === 1 ? "zip" : "zips"} to ${region}`);
  const verification = await bringLive(to, {
    ...options,
    action: "standby",
    release,
    plan,
    operations,
    stack,
    planDigest: digest,
    steps: allAtOnce,
    verify: options.verifierOf(stack),
  });
  return { ...planned, outcome: "standing-by", verification };
}

/** What stands by is worked out from the manifest at hand, which has to be the one that was released. */
function requireManifest({ id, manifestSha256, built }: Release, sha256: string): void {
  if (manifestSha256 === sha256) return;
  throw new LambdakitError("RECOVERY_OTHER_MANIFEST", {
    message: `The live release ${id} was built from another service.ts than the one that is here.`,
    fix:
      built.commit === null
        ? "take the service.ts that it was built from"
        : `git checkout ${built.commit.sha}`,
  });
}
