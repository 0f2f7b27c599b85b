/** `promote` and `rollback`, killed with `kill -9` between two calls to AWS, and what comes after. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findMoto } from "../../src/emulator/start-moto.ts";
import { isLacking } from "../terraform.ts";
import { prepareTwoReleases, promote, rollback, type TwoReleases } from "./two-releases.ts";

type Death = readonly [what: string, nth: number, when: "kill-before" | "kill-after"];

/** The boundaries between the steps of an operation; of the aliases, which are moved at once, two of six. */
const ofAnOperation: readonly Death[] = [
  ["s3 PutObject deployments/product/sit/N/started.json", 1, "kill-after"],
  ["s3 PutObject deployments/product/sit/N/applied.json", 1, "kill-after"],
  ["lambda UpdateAlias", 3, "kill-before"],
  ["lambda UpdateAlias", 5, "kill-after"],
  ["s3 PutObject deployments/product/sit/N/share-0100.json", 1, "kill-after"],
  ["s3 PutObject deployments/product/sit/N/ended.json", 1, "kill-before"],
];
const ofACopy: readonly Death[] = [
  ["s3 PutObject artifacts/", 3, "kill-after"],
  ["s3 PutObject releases/product/\\w+/release.json", 1, "kill-before"],
  ["s3 PutObject releases/product/\\w+/release.json", 1, "kill-after"],
];

describe.skipIf(isLacking(findMoto(), "No release is killed"))(
  "kill -9",
  { timeout: 60_000 },
  () => {
    let releases: TwoReleases;
    beforeAll(async () => {
      releases = await prepareTwoReleases();
    }, 180_000);
    beforeEach(() => releases.reset());
    afterAll(() => releases?.stop());

    describe.each([...ofACopy, ...ofAnOperation])("at %s, number %i, %s", (what, nth, when) => {
      it("of a promotion is made good by the next command, forward or back", async () => {
        await killed(promote, what.replace("/N/", "/000002/"), nth, when);
        await expectTrue();
        const begun = (await releases.history()).length > 1;
        // Both ways, in turn.
        const isBack = begun && nth % 2 === 1 && when === "kill-after";
        const next = await releases.start(isBack ? rollback : promote);
        expect(next.exitCode, next.stderr).toBe(0);
        await expectLive(isBack ? "first" : "second");
      });
    });

    describe.each(ofAnOperation)("at %s, number %i, %s", (what, nth, when) => {
      it("of a rollback is made good by the same command", async () => {
        expect((await releases.start(promote)).exitCode).toBe(0);
        await killed(rollback, what.replace("/N/", "/000003/"), nth, when);
        await expectTrue();
        const next = await releases.start(rollback);
        expect(next.exitCode, next.stderr).toBe(0);
        await expectLive("first");
      });
    });

    it("leaves callers between two releases, which the next command says, with both ways out", async () => {
      await killed(promote, "lambda UpdateAlias", 3, "kill-before");
      const shown = await releases.start(["rollback", "--env", "sit", "--dry-run"]);
      expect(shown.stderr).toMatch(
        /It was cut off in the middle: .*bbws-product-\w+-sit leads to 1, not 2/,
      );
      const other = [...promote, "--release", releases.ids.first];
      expect((await releases.start(other)).stderr).toContain(
        [
          `forward: the command for ${releases.ids.second} again;`,
          `back, to ${releases.ids.first}: lambdakit rollback --env sit`,
        ].join(" "),
      );
    });

    it("is not needed where two promote at once: one wins, and the other says who has", async () => {
      const { proxy, ids } = releases;
      const held = proxy.arrange(nextOf("lambda UpdateAlias"), "hold");
      const winner = releases.start(promote);
      await held.happened;
      const loser = await releases.start(promote);
      expect([loser.exitCode, loser.stderr]).toEqual([
        1,
        expect.stringMatching(
          `RELEASE_BUSY\n  Somebody else is at sit: promote of ${ids.second}, since 20.*, by .* on .*\n  fix: wait .*: lambdakit unlock 2 --env sit`,
        ),
      ]);
      held.release();
      expect((await winner).exitCode).toBe(0);
      await expectLive("second");
    });

    it("on a machine that nobody can look at holds the environment, until unlock says that it is over", async () => {
      const run = "https://github.com/acme/shop/actions/runs/7";
      await killed(promote, "lambda UpdateAlias", 1, "kill-before", {
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REPOSITORY: "acme/shop",
        GITHUB_RUN_ID: "7",
      });
      expect((await releases.start(promote)).stderr).toContain(` in ${run} (`);
      const unlock = ["unlock", "2", "--env", "sit"];
      expect((await releases.start(unlock)).exitCode).toBe(0);
      expect((await releases.start(unlock)).stderr).toContain(
        "Operation 2 of sit has ended already",
      );
      expect((await releases.start(promote)).exitCode).toBe(0);
      await expectLive("second");
    });

    async function killed(
      command: readonly string[],
      what: string,
      nth: number,
      when: "kill-before" | "kill-after",
      variables?: NodeJS.ProcessEnv,
    ): Promise<void> {
      const death = releases.proxy.arrange(nextOf(what, nth), when);
      const { exitCode, stderr } = await releases.start(command, variables);
      expect(exitCode, stderr).toBeNull();
      await death.happened;
    }

    /** The proxy counts from its first call on. */
    function nextOf(what: string, nth = 1): { readonly call: RegExp; readonly nth: number } {
      const call = new RegExp(`^${what}`);
      return { call, nth: releases.proxy.calls.filter((one) => call.test(one)).length + nth };
    }

    /** Nothing is written down that was not done. */
    async function expectTrue(): Promise<void> {
      const [newest, before] = await releases.history();
      // Nothing was begun, and the first release's promotion is as it was.
      if (before === undefined) return;
      const isDone = newest?.shares.some(({ percent }) => percent === 100);
      if (isDone) expect(await releases.live()).toEqual(newest?.applied?.versions);
      else expect(newest?.ended).toBeNull();
    }

    async function expectLive(which: "first" | "second"): Promise<void> {
      const versions = Object.values(await releases.live());
      // The five and their authorizer.
      expect(versions).toEqual(Array(6).fill(which === "first" ? "1" : "2"));
      const [newest] = await releases.history();
      expect(newest).toMatchObject({
        started: { release: releases.ids[which] },
        ended: { outcome: "live" },
      });
    }
  },
);
