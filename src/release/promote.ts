import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { Change } from "../terraform/index.ts";
import type { Verification } from "../verify/index.ts";
import { type BringLiveOptions, bringLive } from "./bring-live.ts";
import { type Consent, requireConsent } from "./consent.ts";
import { copyRelease } from "./copy-release.ts";
import { digestsOf } from "./digests.ts";
import type { ReleaseAccount, ReleaseEnvironment, ReleaseStack } from "./environment.ts";
import type { Operation } from "./history/operation.ts";
import { liveRelease, standingOf } from "./history/state.ts";
import { isSettled } from "./is-settled.ts";
import { before, requireOrder } from "./order.ts";
import { placeText } from "./origin.ts";
import { planDigest, requireApproved } from "./plan-digest.ts";
import type { Release, ReleaseView } from "./release.ts";
import { requireFree } from "./require-free.ts";
import { readAliases } from "./traffic/traffic.ts";
import { type Way, wayTo } from "./way.ts";

export interface PlannedStack extends ReleaseStack {
  plan(): Promise<readonly Change[]>;
}

/** What a promotion would do. */
export interface PlannedPromotion<Stack extends PlannedStack = PlannedStack> {
  readonly stack: Stack;
  readonly release: Release;
  readonly planDigest: string;
  readonly changes: readonly Change[];
  /** The way back to what is live now; nothing where nothing is. */
  readonly back: Way | undefined;
}

export interface PromoteOptions<Stack extends PlannedStack>
  extends Pick<BringLiveOptions, "steps" | "interrupted" | "onStep"> {
  readonly from: ReleaseAccount;
  readonly to: ReleaseEnvironment;
  /** How its id begins. @default what is live in the environment before */
  readonly release?: string | undefined;
  readonly consent: Consent;
  /** The digest of the plan that was approved. */
  readonly approvedPlan?: string | undefined;
  /** Plans, and changes nothing. */
  readonly dryRun: boolean;
  readonly openStack: (plan: ServicePlan, release: Release) => Promise<Stack>;
  /** Called before anything is changed, or refused. */
  readonly onPlanned: (planned: PlannedPromotion<Stack>) => void;
  readonly verifierOf: (stack: Stack) => BringLiveOptions["verify"];
}

/** What became of it. */
export interface Promotion<Stack extends PlannedStack> extends PlannedPromotion<Stack> {
  readonly outcome: "planned" | "already-live" | "live";
  readonly verification?: Verification | undefined;
}

/**
 * Brings a release from one environment to the next: the same bytes, with the plan that was worked out when
 * they were built.
 *
 * @throws {LambdakitError} RELEASE_ORDER, RELEASE_NONE_LIVE, RELEASE_UNKNOWN, RELEASE_NOT_PROVEN, RELEASE_STACK_DIFFERS,
 *   RELEASE_PLAN_CHANGED, DEPLOY_NOT_CONFIRMED, DEPLOY_LOSES_DATA, RELEASE_DAMAGED, or as {@link bringLive} says
 */
export async function promoteRelease<Stack extends PlannedStack>(
  options: PromoteOptions<Stack>,
): Promise<Promotion<Stack>> {
  const { from, to, consent, approvedPlan, dryRun, openStack, onPlanned, onStep } = options;
  requireOrder(from.environment, to.environment);
  const release = await requireProven(from, options.release);
  onStep(`looked what ${from.environment} says of ${release.id}`);
  const plan = await to.tables.applyTo(await from.releases.planOf(release, to.environment));
  const operations = await to.history.read();
  const names = plan.functions.map(({ name }) => name);
  const aliases = await readAliases(to.traffic, names);
  const { environment } = plan;
  requireFree(operations, to.place, { environment, release: release.id, aliases });
  const stack = await openStack(plan, release);
  requireStack(stack, release);
  const changes = await stack.plan();
  const digest = planDigest(release.id, environment, changes);
  const back = await wayBack(to, operations, { release, plan });
  const planned = { stack, release, planDigest: digest, changes, back };
  onPlanned(planned);
  const command = `lambdakit promote --from ${from.environment} --to ${to.environment} --release ${release.id}`;
  requireApproved(approvedPlan, digest, command);
  if (dryRun) return { ...planned, outcome: "planned" };
  const losses = changes.filter(({ losesData }) => losesData).map(({ address }) => address);
  requireConsent(consent, plan, `${command} --plan ${digest}`, losses);
  if (changes.length === 0 && isSettled(operations, release.id, aliases)) {
    return { ...planned, outcome: "already-live" };
  }
  const copied = await copyRelease(release, from.releases, to.releases);
  onStep(`copied ${copied} new ${copied === 1 ? "zip" : "zips"}`);
  const verification = await bringLive(to, {
    ...options,
    action: "promote",
    release,
    plan,
    operations,
    stack,
    planDigest: digest,
    verify: options.verifierOf(stack),
  });
  return { ...planned, outcome: "live", verification };
}

/** The way back from a release to what is live now. */
export async function wayBack(
  { releases, environment }: ReleaseAccount,
  operations: readonly Operation[],
  view: ReleaseView,
): Promise<Way | undefined> {
  const live = liveRelease(operations);
  if (live === null || live === view.release.id) return undefined;
  return wayTo(operations, view, await releases.view(live, environment));
}

/**
 * Finds the release, and looks whether the environment that it comes from has seen it do what it promises,
 * and kept it.
 *
 * @throws {LambdakitError} RELEASE_NONE_LIVE, RELEASE_UNKNOWN, RELEASE_NOT_PROVEN
 */
async function requireProven(
  { environment, releases, history }: ReleaseAccount,
  start: string | undefined,
): Promise<Release> {
  const operations = await history.read();
  const id = start ?? liveRelease(operations);
  if (id === null) {
    throw new LambdakitError("RELEASE_NONE_LIVE", {
      message: `No release is live in ${environment}, so that there is nothing to promote.`,
      fix:
        environment === "dev"
          ? "lambdakit deploy"
          : `lambdakit promote --from ${before(environment)} --to ${environment}`,
    });
  }
  const release = await releases.find(id);
  const standing = standingOf(operations, release.id);
  const say = (why: string) =>
    new LambdakitError("RELEASE_NOT_PROVEN", {
      message: `${environment} does not vouch for the release ${release.id}: ${why}.`,
      fix: `make it live in ${environment}, and there: lambdakit verify --env ${environment}`,
    });
  if (standing.is === "not-verified") throw say("nobody has verified it there");
  const { started } = standing.operation;
  const where = `at ${started.at}, by ${placeText(started.from)}`;
  if (standing.is === "rolled-back") {
    throw say(`it was rolled back ${where}${standing.why ? `: ${standing.why}` : ""}`);
  }
  const { checks } = standing.verified.verification;
  if (standing.is === "failed") {
    const failed = checks.filter(({ passed }) => !passed).length;
    throw say(`${failed} of ${checks.length} checks failed ${where}`);
  }
  const wanted = digestsOf(await releases.view(release.id, environment));
  const other = Object.entries(wanted).filter(
    ([name, sha256]) => standing.verified.digests[name] !== sha256,
  );
  if (other.length > 0) {
    throw say(
      `what was verified ${where} was something else in ${other.map(([name]) => name).join(", ")}`,
    );
  }
  return release;
}

/** @throws {LambdakitError} RELEASE_STACK_DIFFERS */
function requireStack({ sha256 }: ReleaseStack, { id, stackSha256, built }: Release): void {
  if (sha256 === stackSha256) return;
  throw new LambdakitError("RELEASE_STACK_DIFFERS", {
    message: `The release ${id} was built with other Terraform modules (${stackSha256.slice(0, 12)}, of lambdakit ${built.lambdakit}) than there are here (${sha256.slice(0, 12)}).`,
    fix:
      built.commit === null
        ? `npm install lambdakit@${built.lambdakit}`
        : `git checkout ${built.commit.sha} && npm ci`,
  });
}
