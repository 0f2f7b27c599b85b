import type { DrFailoverAnswer } from "../../answers/index.ts";
import { HealthChecks, impatient } from "../../aws/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { failoverSeconds } from "../../manifest/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { type CallersMove, type MoveOptions, moveCallers } from "../../recover/index.ts";
import { liveRelease, type ReleaseEnvironment } from "../../release/index.ts";
import type { Verification } from "../../verify/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Input, World } from "../command.ts";
import { consentOf } from "../deployment/consent-options.ts";
import { callerToken } from "../verification/caller-token.ts";
import { statedUrl } from "../verification/service-url.ts";
import { callersText, knownText } from "./callers-text.ts";
import type { Regions } from "./open-regions.ts";
import { regionSide } from "./region-side.ts";
import { waitUntil } from "./wait-until.ts";

/** What a test has otherwise: nobody waits for resolvers there, and no name is anybody's. */
export interface CallersSeams {
  readonly wait: (until: Date, world: World) => Promise<void>;
  readonly verify: (plan: ServicePlan, url: string, world: World) => Promise<Verification>;
}

/** How long the primary region is waited for, call by call: nobody hurries back to one that is slow. */
const primarySeconds = { failover: 5, failback: 20 } as const;

/** A replica is a second behind; whoever goes back at leisure need not go before that is so again. */
const failbackLimitSeconds = 10;

/** Leads callers to the other region, and says what became of it. */
export async function leadCallers(
  direction: MoveOptions["direction"],
  regions: Regions,
  input: Input,
  world: World,
  { wait, verify }: CallersSeams = { wait: waitUntil, verify: verifyThere },
): Promise<number> {
  const { primary, standby, caller, steps, done } = regions;
  const { terminal } = world;
  const isFailover = direction === "failover";
  const url = statedUrl(input);
  const there = regionSide(standby, caller);
  const here = regionSide(primary, caller, impatient(primarySeconds[direction]));
  const [from, to] = isFailover ? [here, there] : [there, here];
  const plan = await broughtPlan(to.environment, isFailover ? standby : primary);
  const { standby: standing, rpoMinutes } = plan.recovery;
  const domain = standing?.domain ?? null;
  const checks = new HealthChecks();
  const moved = await moveCallers({
    direction,
    from,
    to: { ...to, plan },
    history: there.environment.history,
    plan,
    name: domain && {
      url: `https://${domain.name}`,
      switch: {
        read: () => checks.ofName(domain.zoneId, domain.name),
        holdDown: (id) => checks.holdDown(id),
        letCheck: (id) => checks.letCheck(id),
      },
    },
    url,
    arrivalSeconds: domain === null ? 0 : failoverSeconds(domain),
    limitSeconds: isFailover ? rpoMinutes * 60 : failbackLimitSeconds,
    acceptsDataLoss: isFailover && input.flag("accept-data-loss"),
    consent: consentOf(input),
    dryRun: input.flag("dry-run"),
    now: () => new Date(),
    wait: (until) => wait(until, world),
    verify: (where) => verify(plan, where, world),
    onLooked: (looked) => {
      terminal.err(knownText(looked, terminal.columns));
    },
    onStep: done,
  });
  const name = domain?.name ?? null;
  const { environment } = plan;
  terminal.out(
    input.flag("json")
      ? answerJson<DrFailoverAnswer>({ environment, name, ...moved, steps })
      : callersText(environment, name && `https://${name}`, moved),
  );
  const next = nextText(direction, environment, moved);
  if (next !== null) terminal.err(next);
  return exitCodes.ok;
}

/** The plan of the release that is there: nobody has its `service.ts` at hand on such a day. */
async function broughtPlan(
  { releases, history, environment }: ReleaseEnvironment,
  atHand: ServicePlan,
): Promise<ServicePlan> {
  const release = liveRelease(await history.read());
  if (release === null) return atHand;
  if (atHand.place === "standby") return (await releases.standbyOf(release, environment)) ?? atHand;
  return (await releases.view(release, environment)).plan;
}

function nextText(
  direction: MoveOptions["direction"],
  environment: string,
  { outcome, url, to }: CallersMove,
): string | null {
  if (outcome === "no-domain") {
    return `Next: lead callers to ${url ?? to}, wherever their name is kept`;
  }
  if (outcome !== "moved") return null;
  return direction === "failover"
    ? `Next, once the region is back: lambdakit dr failback --env ${environment}`
    : `Next: lambdakit verify --env ${environment}`;
}

/** An item is made nowhere: whatever was written would be in both regions. */
async function verifyThere(
  plan: ServicePlan,
  url: string,
  { interrupted }: World,
): Promise<Verification> {
  const { verifyService } = await import("../../verify/index.ts");
  return verifyService({
    plan,
    url,
    roundTrip: false,
    token: callerToken(),
    interrupted,
    onCheck: () => {},
  });
}
