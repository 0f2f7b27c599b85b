/** `dr failover` and `dr failback`, killed with `kill -9` between two calls to AWS, and what comes after. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findMoto } from "../../src/emulator/start-moto.ts";
import { isLacking } from "../terraform.ts";
import { prepareTwoRegions, type TwoRegions } from "./two-regions.ts";

type When = "kill-before" | "kill-after";
type Direction = "failover" | "failback";

/** The boundaries between the steps of either command. Right before a step is right after the one before it. */
const deaths: readonly (readonly [what: string, when: When])[] = [
  ["s3 PutObject .*/started.json", "kill-after"],
  ["route53 POST /2013-04-01/healthcheck/", "kill-before"],
  ["route53 POST /2013-04-01/healthcheck/", "kill-after"],
  ["s3 PutObject .*/moved.json", "kill-after"],
  ["s3 PutObject .*/verified.json", "kill-before"],
  ["s3 PutObject .*/verified.json", "kill-after"],
  ["s3 PutObject .*/ended.json", "kill-after"],
];

const consent = ["--env", "prod", "--confirm", "deploy-to-production", "--reason", "a drill"];
const commands = {
  failover: ["dr", "failover", "--to", "eu-west-1", "--accept-data-loss", ...consent],
  failback: ["dr", "failback", ...consent],
} as const;

describe.skipIf(isLacking(findMoto(), "No failover is killed"))(
  "kill -9",
  { timeout: 60_000 },
  () => {
    let regions: TwoRegions;
    beforeAll(async () => {
      regions = await prepareTwoRegions();
    }, 120_000);
    afterAll(() => regions?.stop());

    describe.each(deaths)("at %s, %s", (what, when) => {
      it("of a failover from a lost region is made good by the same command", async () => {
        regions.lost.add(regions.primary.region);
        await killed("failover", what, when);
        await expectTrue("failover");
        await succeed("failover");
        await expectEnd("failover");
      });

      it("of a failback is made good by the same command", async () => {
        regions.lost.clear();
        await killed("failback", what, when);
        await expectTrue("failback");
        await succeed("failback");
        await expectEnd("failback");
      });
    });

    it("of a failover is taken back by a failback as well", async () => {
      await killed("failover", "route53 POST /2013-04-01/healthcheck/", "kill-after");
      expect(await regions.isHeldDown()).toBe(true);
      await succeed("failback");
      await expectEnd("failback");
    });

    it("twice, at another step each time, is made good by the same command", async () => {
      await killed("failover", "s3 PutObject .*/moved.json", "kill-after");
      await killed("failover", "s3 PutObject .*/verified.json", "kill-after");
      await succeed("failover");
      await expectEnd("failover");
      await succeed("failback");
    });

    async function killed(direction: Direction, what: string, when: When): Promise<void> {
      const call = new RegExp(`^${what}`);
      // The proxy counts from its first call on.
      const nth = regions.killing.calls.filter((one) => call.test(one)).length + 1;
      const death = regions.killing.arrange({ call, nth }, when);
      const { exitCode, stderr } = await regions.start(commands[direction]);
      expect(exitCode, stderr).toBeNull();
      await death.happened;
    }

    async function succeed(direction: Direction): Promise<void> {
      const { exitCode, stderr } = await regions.start(commands[direction]);
      expect(exitCode, stderr).toBe(0);
    }

    /** Nothing is written down that was not done. */
    async function expectTrue(direction: Direction): Promise<void> {
      const [newest] = await regions.history();
      expect(newest?.started).toMatchObject({ action: direction, release: regions.release });
      const isThere = (await regions.isHeldDown()) === (direction === "failover");
      if (newest?.moved !== null) expect(isThere).toBe(true);
      if (newest?.verified !== null) expect(newest?.moved).not.toBeNull();
      if (newest?.ended !== null) expect(newest?.verified).not.toBeNull();
    }

    async function expectEnd(direction: Direction): Promise<void> {
      expect(await regions.isHeldDown()).toBe(direction === "failover");
      const [newest] = await regions.history();
      const { primary, standby } = regions;
      expect(newest).toMatchObject({
        started: { action: direction, release: regions.release },
        moved: { to: direction === "failover" ? standby.region : primary.region },
        verified: { verification: { passed: true } },
        ended: { outcome: "moved" },
      });
    }
  },
);
