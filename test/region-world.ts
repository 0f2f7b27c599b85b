/** Two regions of an environment, in memory: what the room `recover` has around it, without AWS, Terraform and time. */
import type { HealthCheckState, MetricPoint, ReplicatedTable } from "../src/aws/index.ts";
import { LambdakitError } from "../src/errors/index.ts";
import { planService, type ServicePlan, standbyPlan } from "../src/plan/index.ts";
import {
  bringStandby,
  type CallersMove,
  type MoveOptions,
  moveCallers,
  type NameSwitch,
  type RegionSide,
} from "../src/recover/index.ts";
import { bringLive, History } from "../src/release/index.ts";
import { digest } from "../src/system/index.ts";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "./release-world.ts";

export const primaryPlan = planService(manifest, "prod");
export const waitingPlan = standbyPlan(manifest, "prod") as ServicePlan;

/** A name of Route 53 with its health check. */
export class MemoryName implements NameSwitch {
  is: HealthCheckState["is"] = "checking";

  async read() {
    return { id: "check-1", is: this.is };
  }

  async holdDown() {
    this.is = "held-down";
  }

  async letCheck() {
    this.is = "checking";
  }
}

/** One region: its tables, and what CloudWatch has there. */
export class MemoryRegion implements RegionSide {
  readonly plan: ServicePlan;
  readonly environment: MemoryEnvironment;
  /** Whether nobody answers there, whatever is asked. */
  isLost = false;
  table: ReplicatedTable | undefined;
  behind: MetricPoint[] = [];
  written: MetricPoint[] = [];

  constructor(plan: ServicePlan, other: string) {
    this.plan = plan;
    const { service, environment, deployment } = plan;
    const world = memoryEnvironment(environment);
    const history = new History(world.store, service, environment, deployment.history);
    this.environment = { ...world, history };
    this.table = { status: "ACTIVE", bytes: 0, replicas: { [other]: "ACTIVE" } };
    for (const one of ["read", "keys"] as const) {
      const ask = world.store[one].bind(world.store) as (key: string) => Promise<never>;
      Object.assign(world.store, { [one]: (key: string) => this.answer(() => ask(key)) });
    }
  }

  readonly tables = { read: () => this.answer(async () => this.table) };

  readonly metrics = {
    read: () =>
      this.answer(
        async () =>
          new Map([
            ["behind", this.behind],
            ["written", this.written],
          ]),
      ),
  };

  async answer<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.isLost) return work();
    throw new LambdakitError("AWS_UNREACHABLE", {
      message: `AWS cannot be reached in ${this.plan.region}.`,
      fix: "wait",
    });
  }
}

export const consent = {
  confirmation: "deploy-to-production",
  reason: "a drill",
  allowDataLoss: false,
};

/** Both regions, the name, and a clock that only waiting moves. */
export class RegionWorld {
  readonly primary = new MemoryRegion(primaryPlan, waitingPlan.region);
  readonly standby = new MemoryRegion(waitingPlan, primaryPlan.region);
  readonly name = new MemoryName();
  readonly waited: number[] = [];
  /** What does not do what it promises, by URL. */
  readonly broken = new Set<string>();
  readonly verified: string[] = [];
  now = Date.parse("2026-11-27T09:15:00Z");

  /** Makes a release live in the primary region, and proven. */
  async release(text: string): Promise<string> {
    const { release, documents, zips } = builtRelease(text);
    const { environment } = this.primary;
    await environment.releases.keep(release, documents);
    for (const [sha256, zip] of zips) await environment.releases.putArtifact(zip, sha256);
    await bringLive(environment, {
      action: "promote",
      release,
      plan: primaryPlan,
      operations: await environment.history.read(),
      stack: memoryStack(environment, release),
      planDigest: "",
      consent,
      steps: [],
      onStep: () => {},
      verify: async () => verification(true),
    });
    return release.id;
  }

  bringStandby(to: MemoryEnvironment = this.standby.environment) {
    return bringStandby({
      from: this.primary.environment,
      to,
      plan: waitingPlan,
      manifestSha256: digest("manifest"),
      consent,
      dryRun: false,
      openStack: async (release) => memoryStack(to, release),
      onPlanned: () => {},
      onStep: () => {},
      verifierOf: () => async () => verification(true),
    });
  }

  failover(more: Partial<MoveOptions> = {}): Promise<CallersMove> {
    return this.#move("failover", this.primary, this.standby, waitingPlan, 3600, more);
  }

  failback(more: Partial<MoveOptions> = {}): Promise<CallersMove> {
    return this.#move("failback", this.standby, this.primary, primaryPlan, 10, more);
  }

  /** The figure that CloudWatch has of a minute that was so many minutes ago. */
  pointAgo(minutes: number, value: number): MetricPoint {
    return { at: this.now - minutes * 60_000, value };
  }

  #move(
    direction: MoveOptions["direction"],
    from: RegionSide,
    to: RegionSide,
    plan: ServicePlan,
    limitSeconds: number,
    more: Partial<MoveOptions>,
  ): Promise<CallersMove> {
    return moveCallers({
      direction,
      from,
      to,
      plan,
      limitSeconds,
      history: this.standby.environment.history,
      name: { url: "https://products.example.com", switch: this.name },
      url: `https://${plan.region}.example.com/v1`,
      arrivalSeconds: 150,
      acceptsDataLoss: false,
      consent,
      dryRun: false,
      now: () => new Date(this.now),
      wait: async (until) => {
        this.waited.push((until.getTime() - this.now) / 1_000);
        this.now = Math.max(this.now, until.getTime());
      },
      verify: async (url) => {
        this.verified.push(url);
        return { ...verification(!this.broken.has(url)), url };
      },
      onLooked: () => {},
      onStep: () => {},
      ...more,
    });
  }
}
