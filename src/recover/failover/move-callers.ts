import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import {
  type Consent,
  deployedUrl,
  type History,
  leftBehind,
  liveDigests,
  liveRelease,
  type Moved,
  originOf,
  readAliases,
  requireConsent,
  requireDigests,
  requireNoRestore,
  unfinished,
} from "../../release/index.ts";
import type { Verification } from "../../verify/index.ts";
import { type Looked, lookAt } from "./look-at.ts";
import { behindRelease, nameNotFound, notReady, notVerified, wouldLose } from "./refusals.ts";
import type { NameSwitch, RegionSide } from "./region-side.ts";
import { lossesOf } from "./replication.ts";

export interface MoveOptions {
  readonly direction: "failover" | "failback";
  readonly from: RegionSide;
  readonly to: RegionSide;
  /** Of what was moved: it lies where the service stands by, which is there when the primary is not. */
  readonly history: History;
  /** The service where callers are to be led, as it was brought there. */
  readonly plan: ServicePlan;
  /** The name that callers use, and what decides where it leads; null where somebody else leads them. */
  readonly name: { readonly url: string; readonly switch: NameSwitch } | null;
  /** Where it answers by itself, if not where it was deployed to. */
  readonly url?: string | undefined;
  /** How long it may take until the last resolver has the new answer. */
  readonly arrivalSeconds: number;
  /** How far the replica may be behind. */
  readonly limitSeconds: number;
  readonly acceptsDataLoss: boolean;
  readonly consent: Consent;
  /** Looks, and changes nothing. */
  readonly dryRun: boolean;
  readonly now: () => Date;
  /** Waits until a moment; throws where somebody has lost patience. */
  readonly wait: (until: Date) => Promise<void>;
  readonly verify: (url: string) => Promise<Verification>;
  /** Called with what is known, before anything is refused or changed. */
  readonly onLooked: (looked: Looked) => void;
  readonly onStep: (what: string) => void;
}

/** What became of it. */
export interface CallersMove extends Looked {
  /** `no-domain`: the region would serve them, and nobody was led there. */
  readonly outcome: "planned" | "already-there" | "moved" | "no-domain";
  readonly verification: Verification | null;
}

/**
 * Leads the callers of a service to its other region: looks first whether that has the same release, the data, and
 * does what it promises. Each step is written down after it was done, and done again by the same command.
 *
 * @throws {LambdakitError} RELEASE_BUSY, RELEASE_UNFINISHED, RECOVERY_OTHER_RELEASE, RECOVERY_NOT_READY, RECOVERY_WOULD_LOSE_DATA,
 *   RECOVERY_NO_RECORD, RECOVERY_NOT_VERIFIED, RELEASE_DIGEST_DIFFERS, DEPLOY_NOT_CONFIRMED, or as `awsError` says
 */
export async function moveCallers(options: MoveOptions): Promise<CallersMove> {
  const { direction, from, to, history, plan, name, consent, onStep } = options;
  const operations = await history.read();
  const left = leftBehind(operations, plan.environment, to.environment.place);
  const leads = name && (await name.switch.read());
  if (name !== null && !leads) throw nameNotFound(name.url, plan.environment);
  onStep(name === null ? "looked what was done before" : `looked where ${hostOf(name.url)} leads`);
  const looked = await look(options);
  onStep(`looked at ${from.plan.region} and ${to.plan.region}`);
  options.onLooked(looked);
  const isCutOff = left?.started.action === direction;
  const isThere = leads?.is === (direction === "failover" ? "held-down" : "checking");
  if (isThere && !isCutOff) return { ...looked, outcome: "already-there", verification: null };
  const moved = isCutOff && isThere ? left.moved : null;
  const isAccepted = direction === "failover" && options.acceptsDataLoss;
  if (moved === null && looked.losses.length > 0 && !isAccepted) {
    throw wouldLose(direction, looked, commandOf(options));
  }
  if (options.dryRun) return { ...looked, outcome: "planned", verification: null };
  requireConsent(consent, plan, commandOf(options));
  const record = await history.begin(operations, {
    ...originOf(to.environment),
    action: direction,
    release: looked.release,
    previous: looked.release,
    before: {},
    planDigest: null,
    confirmation: consent.confirmation,
    reason: consent.reason,
    continues: left?.number ?? null,
  });
  return record.attempt(async () => {
    let arriving = moved;
    if (arriving === null) {
      const verification = await verified(options, looked, looked.url);
      if (leads === null || leads === undefined || name === null) {
        await record.verified({ digests: await digestsNow(options), verification });
        await record.ended("not-moved");
        return { ...looked, outcome: "no-domain", verification };
      }
      if (direction === "failover") await name.switch.holdDown(leads.id);
      else await name.switch.letCheck(leads.id);
      arriving = movedNow(options, looked, leads.id);
      onStep(`led ${hostOf(name.url)} to ${to.plan.region}`);
    }
    await record.moved(arriving);
    await options.wait(new Date(arriving.arrivesAt));
    const verification = await verified(options, looked, name?.url ?? looked.url);
    await record.verified({ digests: await digestsNow(options), verification });
    await record.ended("moved");
    return { ...looked, outcome: "moved", verification };
  });
}

/** @throws {LambdakitError} RELEASE_UNFINISHED, RECOVERY_OTHER_RELEASE, RECOVERY_NOT_READY, RELEASE_DIGEST_DIFFERS */
async function look(options: MoveOptions): Promise<Looked> {
  const { direction, from, to, plan, now, limitSeconds } = options;
  const { environment } = plan;
  const regions = { from: from.plan.region, to: to.plan.region };
  const [operations, { look: known, operations: done }] = await Promise.all([
    to.environment.history.read(),
    lookAt(from, to, now()),
  ]);
  const atHome = direction === "failover" ? done : operations;
  // What stands by reads the table that is being replaced, as long as nobody brings it the other one.
  const isAccepted = direction === "failover" && options.acceptsDataLoss;
  if (!isAccepted) requireNoRestore(atHome, environment, unfinished(atHome));
  const release = liveRelease(operations);
  // Where callers have no release any more, whichever stands by is better.
  if (release === null || (known.release !== null && known.release !== release)) {
    throw behindRelease(direction, environment, regions, { there: known.release, here: release });
  }
  await requireTables(options);
  const names = plan.functions.map((one) => one.name);
  const aliases = await readAliases(to.environment.traffic, names);
  const leadTo = names.map((one) => [one, versionOf(aliases.get(one))] as const);
  const view = { release: await to.environment.releases.load(release), plan };
  await requireDigests(to.environment.traffic, view, Object.fromEntries(leadTo));
  const url = plan.api.routes.length === 0 ? null : (options.url ?? deployedUrl(operations));
  const losses = lossesOf(known.replication, limitSeconds, regions);
  return { ...known, ...regions, release, url, losses };
}

/** An alias that leads to two versions answers with the release, and with something else. */
function versionOf(
  state: { readonly version: string; readonly canary: object | null } | undefined,
): string {
  return state === undefined || state.canary !== null ? "none" : state.version;
}

/** @throws {LambdakitError} RECOVERY_NOT_READY where a table is not there, or gets nothing of the other region */
async function requireTables({ direction, from, to, plan }: MoveOptions): Promise<void> {
  const { region } = from.plan;
  const states = plan.tables.map(async ({ name }): Promise<string[]> => {
    const table = await to.tables.read(name);
    if (table === undefined) return [`${name} is not there`];
    if (table.status !== "ACTIVE") return [`${name} is ${table.status}`];
    const replica = table.replicas[region];
    if (replica === undefined) return [`${name} has no replica in ${region}`];
    // Of a region that is lost any state may be told, and none of them keeps callers away from this one.
    if (direction === "failover" || replica === "ACTIVE") return [];
    return [`the replica of ${name} in ${region} is ${replica}`];
  });
  const faults = (await Promise.all(states)).flat();
  if (faults.length > 0) throw notReady(direction, plan.environment, to.plan.region, faults);
}

/** @throws {LambdakitError} RECOVERY_NOT_VERIFIED */
async function verified(
  options: MoveOptions,
  looked: Looked,
  url: string | null,
): Promise<Verification> {
  const isByName = url !== null && url === options.name?.url;
  // What has no API promises nothing to callers.
  const verification =
    url === null ? { url: "", passed: true, checks: [] } : await verifyAt(options, url);
  if (!verification.passed) throw notVerified(options.direction, looked, verification, isByName);
  options.onStep(`verified ${url ?? "nothing: there is no API"}`);
  return verification;
}

/** Where nobody answers that is what was seen there. */
async function verifyAt({ verify }: MoveOptions, url: string): Promise<Verification> {
  try {
    return await verify(url);
  } catch (error) {
    if (!(error instanceof LambdakitError) || error.code !== "VERIFY_UNREACHABLE") throw error;
    const check = { id: "contact", what: error.message, route: null, detail: null };
    return { url, passed: false, checks: [{ ...check, passed: false, milliseconds: 0 }] };
  }
}

function digestsNow({ to, plan }: MoveOptions): Promise<Record<string, string>> {
  return liveDigests(to.environment.traffic, plan);
}

function movedNow(
  { now, arrivalSeconds }: MoveOptions,
  { from, to, losses }: Looked,
  healthCheck: string,
): Moved {
  const at = now();
  const arrivesAt = new Date(at.getTime() + arrivalSeconds * 1_000);
  return {
    at: at.toISOString(),
    from,
    to,
    healthCheck,
    arrivesAt: arrivesAt.toISOString(),
    losses,
  };
}

function commandOf({ direction, to, plan, acceptsDataLoss }: MoveOptions): string {
  if (direction === "failback") return `lambdakit dr failback --env ${plan.environment}`;
  const accepted = acceptsDataLoss ? " --accept-data-loss" : "";
  return `lambdakit dr failover --env ${plan.environment} --to ${to.plan.region}${accepted}`;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
