import { describe, expect, it } from "vitest";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "../../test/release-world.ts";
import { planService } from "../plan/index.ts";
import type { Verification } from "../verify/index.ts";
import { type BringLiveOptions, bringLive, parseCanary, recordVerification } from "./index.ts";

const plan = planService(manifest, "dev");
const names = plan.functions.map(({ name }) => name);
const [first, second, third] = ["one", "two", "three"].map((text) => builtRelease(text).release);
if (!first || !second || !third) throw new Error("three releases are needed");

const options = (
  environment: MemoryEnvironment,
  release = first,
  more: Partial<BringLiveOptions> = {},
): Promise<BringLiveOptions> =>
  environment.history.read().then((operations) => ({
    action: "deploy",
    release,
    plan,
    operations,
    stack: memoryStack(environment, release),
    planDigest: "5d41402abc4b",
    consent: { confirmation: null, reason: "CHG-1", allowDataLoss: false },
    steps: [],
    onStep: () => {},
    verify: async () => verification(true),
    ...more,
  }));

async function bring(
  environment: MemoryEnvironment,
  release = first,
  more: Partial<BringLiveOptions> = {},
): Promise<Verification | undefined> {
  return bringLive(environment, await options(environment, release, more));
}

/** An environment in which the first release is live. */
async function withFirst(): Promise<MemoryEnvironment> {
  const environment = memoryEnvironment("dev");
  await bring(environment);
  return environment;
}

const versionsIn = ({ traffic }: MemoryEnvironment) =>
  names.map((name) => {
    const { version, canary } = traffic.aliases.get(name) ?? { version: "none", canary: null };
    return canary === null ? version : `${version} and ${canary.share * 100}% ${canary.version}`;
  });

/** The same of every function. */
const all = (state: string) => names.map(() => state);

const newest = async ({ history }: MemoryEnvironment) => (await history.read())[0];

describe("a release that is brought live", () => {
  it("is recorded with who, when, why, what was before, the versions, and what was seen", async () => {
    const environment = await withFirst();
    await bring(environment, second);
    const firstVersions = Object.fromEntries(names.map((name) => [name, "1"]));
    const secondVersions = Object.fromEntries(names.map((name) => [name, "2"]));
    expect(await newest(environment)).toMatchObject({
      number: 2,
      started: {
        action: "deploy",
        release: second.id,
        previous: first.id,
        before: firstVersions,
        by: environment.by,
        planDigest: "5d41402abc4b",
        reason: "CHG-1",
        continues: null,
      },
      applied: { versions: secondVersions },
      shares: [{ percent: 100 }],
      verified: { verification: { passed: true } },
      ended: { outcome: "live", why: null },
    });
    expect(versionsIn(environment)).toEqual(all("2"));
  });

  it("moves nothing where Lambda has other bytes than it says", async () => {
    const environment = await withFirst();
    const stack = memoryStack(environment, third);
    await expect(bring(environment, second, { stack })).rejects.toMatchObject({
      code: "RELEASE_DIGEST_DIFFERS",
      message: expect.stringContaining(`${names[0]}:2 is `),
    });
    expect(versionsIn(environment)).toEqual(all("1"));
    expect(await newest(environment)).toMatchObject({
      applied: null,
      ended: { outcome: "failed" },
    });
  });

  it("gets its share step by step, of all functions at the same moment", async () => {
    const environment = await withFirst();
    const seen: string[][] = [];
    await bring(environment, second, {
      steps: parseCanary("10%:0s,50%:0s"),
      onStep: (what) => {
        if (what.startsWith("gave")) seen.push(versionsIn(environment));
      },
    });
    expect(seen).toEqual([all("1 and 10% 2"), all("1 and 50% 2"), all("2")]);
    expect((await newest(environment))?.shares.map(({ percent }) => percent)).toEqual([
      10, 50, 100,
    ]);
  });

  it("goes back by itself where an alarm fires, and names it", async () => {
    const environment = await withFirst();
    const alarm = "bbws-product-api-server-errors-dev";
    const brought = bring(environment, second, {
      steps: parseCanary("10%:1s"),
      onStep: (what) => {
        if (what.startsWith("gave")) {
          environment.signals.alarms = [{ name: alarm, reason: "2 datapoints were above 1" }];
        }
      },
    });
    await expect(brought).rejects.toMatchObject({
      code: "RELEASE_ROLLED_BACK",
      message: `The release was rolled back in dev: the alarm ${alarm} fires: 2 datapoints were above 1`,
    });
    expect(versionsIn(environment)).toEqual(all("1"));
    expect((await newest(environment))?.ended).toMatchObject({
      outcome: "rolled-back",
      why: expect.stringContaining(alarm),
    });
  });

  it("is not blamed for an alarm that fired before", async () => {
    const environment = await withFirst();
    environment.signals.alarms = [{ name: "old", reason: "since yesterday" }];
    await bring(environment, second, { steps: parseCanary("10%:0s") });
    expect(versionsIn(environment)).toEqual(all("2"));
  });

  it("goes back where its own calls fail more often than the function's alarm allows", async () => {
    const environment = await withFirst();
    const functionName = names[0] ?? "";
    environment.signals.figures = [{ functionName, invocations: 10, errors: 2 }];
    await expect(
      bring(environment, second, { steps: parseCanary("10%:1s") }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(
        `2 of 10 calls of ${functionName}'s new version failed, 20.0 % where 1 % are allowed`,
      ),
    });
  });

  it("is not blamed for tokens that its authorizer refuses, which for Lambda are errors", async () => {
    const environment = await withFirst();
    const functionName = plan.api.authorizer?.function.name ?? "";
    expect(names).toContain(functionName);
    environment.signals.figures = [{ functionName, invocations: 1_000, errors: 1_000 }];
    await bring(environment, second, { steps: parseCanary("10%:0s") });
    expect(versionsIn(environment)).toEqual(all("2"));
  });

  it.each([
    ["too few calls to tell", 4, 2],
    ["as many errors as are allowed", 100, 1],
  ])("goes on with %s", async (_, invocations, errors) => {
    const environment = await withFirst();
    environment.signals.figures = [{ functionName: names[0] ?? "", invocations, errors }];
    await bring(environment, second, { steps: parseCanary("10%:0s") });
    expect(versionsIn(environment)).toEqual(all("2"));
  });

  it("goes back where nobody can tell whether it does well, and where it is interrupted", async () => {
    const environment = await withFirst();
    environment.signals.figuresOf = async () => {
      throw new Error("CloudWatch does not answer");
    };
    const steps = parseCanary("10%:1s");
    await expect(bring(environment, second, { steps })).rejects.toMatchObject({
      message: expect.stringContaining("it could not be watched: CloudWatch does not answer"),
    });
    environment.signals.figuresOf = async () => [];
    const interrupted = AbortSignal.abort();
    await expect(bring(environment, second, { steps, interrupted })).rejects.toMatchObject({
      message: expect.stringContaining("it was interrupted"),
    });
    expect(versionsIn(environment)).toEqual(all("1"));
  });

  it("goes back where it does not do what it promises, and stays where there is nothing to go back to", async () => {
    const environment = memoryEnvironment("dev");
    const verify = async () => verification(false);
    await expect(bring(environment, first, { verify })).rejects.toMatchObject({
      code: "RELEASE_NOT_VERIFIED",
      message: expect.stringContaining("answers 200"),
    });
    expect(versionsIn(environment)).toEqual(all("1"));
    await bring(environment);
    await expect(bring(environment, second, { verify })).rejects.toMatchObject({
      code: "RELEASE_ROLLED_BACK",
    });
    expect(versionsIn(environment)).toEqual(all("1"));
    expect((await newest(environment))?.verified?.verification.passed).toBe(false);
  });

  it("goes back where it cannot be verified, and is live without evidence where it is the first", async () => {
    const environment = memoryEnvironment("dev");
    const verify = async () => Promise.reject(new Error("nobody answers"));
    await expect(bring(environment, first, { verify })).rejects.toMatchObject({
      code: "RELEASE_NOT_VERIFIED",
      message:
        "The release is live in dev, and it could not be verified: nobody answers\nThere is nothing to go back to.",
    });
    expect((await newest(environment))?.ended).toMatchObject({ outcome: "live" });
    await expect(bring(environment, second, { verify })).rejects.toMatchObject({
      code: "RELEASE_ROLLED_BACK",
      message: expect.stringContaining("it could not be verified: nobody answers"),
    });
    expect(versionsIn(environment)).toEqual(all("1"));
  });

  it("moves nothing where Terraform says nothing of a function", async () => {
    const environment = await withFirst();
    const stack = { ...memoryStack(environment, second), versions: async () => ({}) };
    await expect(bring(environment, second, { stack })).rejects.toMatchObject({
      code: "RELEASE_DIGEST_DIFFERS",
      message: expect.stringContaining(`${names[0]}:none is not there`),
    });
  });

  it("is moved for all functions or for none", async () => {
    const environment = await withFirst();
    environment.traffic.onMove = (name, { version }) => {
      if (name === names[3] && version === "2") throw new Error("TooManyRequests");
    };
    await expect(bring(environment, second)).rejects.toThrow("TooManyRequests");
    expect(versionsIn(environment)).toEqual(all("1"));
  });

  it("stops where somebody else has gone on in its place", async () => {
    const environment = await withFirst();
    const verify = async () => {
      const operations = await environment.history.read();
      const [own] = operations;
      if (own === undefined) throw new Error("nothing was begun");
      await environment.history.begin(operations, { ...own.started, continues: own.number });
      return verification(false);
    };
    await expect(bring(environment, second, { verify })).rejects.toMatchObject({
      code: "RELEASE_TAKEN_OVER",
    });
    // What it has moved is for the other one to judge.
    expect(versionsIn(environment)).toEqual(all("2"));
  });
});

describe("what was done in an environment", () => {
  it("may be read from its end, for whoever needs no more", async () => {
    const environment = await withFirst();
    await bring(environment, second, { verify: async () => verification(true) });
    const all = await environment.history.read();
    expect(all.length).toBeGreaterThan(1);
    expect(await environment.history.read(1)).toEqual(all.slice(0, 1));
  });
});

describe("whoever comes while somebody is at it", () => {
  it("is told who", async () => {
    const environment = await withFirst();
    let refused: unknown;
    await bring(environment, second, {
      verify: async () => {
        refused = await bring(environment, third).catch((error) => error);
        return verification(true);
      },
    });
    expect(refused).toMatchObject({
      code: "RELEASE_BUSY",
      message: expect.stringMatching(
        `Somebody else is at dev: deploy of ${second.id}, since .*, by .* on .*alice`,
      ),
      fix: expect.stringContaining("lambdakit unlock 2 --env dev"),
    });
  });

  it("is refused at the last moment, too, if both have looked at once", async () => {
    const environment = await withFirst();
    const both = await Promise.all([options(environment, second), options(environment, third)]);
    const ends = await Promise.allSettled(both.map((one) => bringLive(environment, one)));
    const refused = ends.filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(["RELEASE_BUSY"]);
  });
});

describe("what is verified by hand", () => {
  it("is evidence for what is live", async () => {
    const environment = memoryEnvironment("dev");
    const verify = async () => verification(true);
    expect(await recordVerification(environment, plan, verify)).toMatchObject({ release: null });
    await bring(environment, first, { verify: undefined });
    expect(await recordVerification(environment, plan, verify)).toMatchObject({
      release: first.id,
    });
    expect((await newest(environment))?.verified?.digests).toEqual(
      Object.fromEntries(
        plan.functions.map(({ key, name }) => [name, first.artifacts[key]?.sha256]),
      ),
    );
  });

  it("is kept the next time, if nobody answered before", async () => {
    const environment = await withFirst();
    const nobody = async () => Promise.reject(new Error("VERIFY_UNREACHABLE"));
    await expect(recordVerification(environment, plan, nobody)).rejects.toThrow();
    const { release } = await recordVerification(environment, plan, async () => verification(true));
    expect(release).toBe(first.id);
  });
});
