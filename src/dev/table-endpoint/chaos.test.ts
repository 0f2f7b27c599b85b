import { describe, expect, it } from "vitest";
import { shopPlan, useShop } from "../../../test/shop.ts";
import { parseChaos } from "./index.ts";

const scan = { TableName: "shop-stock-dev" };

describe("the value of --chaos", () => {
  it.each([
    ["throttle=5%,latency=50ms,error=1%", [5, 1, 50]],
    ["latency=0.5ms", [0, 0, 0.5]],
    [" error=100% ", [0, 100, 0]],
    ["throttle=12.5%, error=0%", [12.5, 0, 0]],
  ])("%o is understood", (text, [throttlePercent, errorPercent, latencyMilliseconds]) => {
    expect(parseChaos(text)).toEqual({ throttlePercent, errorPercent, latencyMilliseconds });
  });

  it("is refused with everything that is wrong", () => {
    expect(() =>
      parseChaos("throttle=5,latency=50%,error=101%,sleep=1s,throttle=1%,throttle=2%"),
    ).toThrow(
      expect.objectContaining({
        code: "CLI_BAD_VALUE",
        message:
          '--chaos is "throttle=5,latency=50%,error=101%,sleep=1s,throttle=1%,throttle=2%": ' +
          '"throttle=5" has to end in %; "latency=50%" has to end in ms; error is at most 100%; ' +
          '"sleep=1s" is none of throttle=N%, latency=Nms, error=N%; throttle stands there twice.',
        fix: "write --chaos throttle=5%,latency=50ms,error=1%",
        at: "--chaos",
      }),
    );
  });

  it.each([
    "",
    "throttle",
    "throttle=-5%",
    "latency=70000ms",
    "throttle=60%,error=50%",
    "constructor=1%",
  ])("%o is refused", (text) => {
    expect(() => parseChaos(text)).toThrow(expect.objectContaining({ code: "CLI_BAD_VALUE" }));
  });
});

describe("chaos", () => {
  let lot = 0;
  const shop = useShop({ chaos: parseChaos("throttle=10%,error=20%"), random: () => lot });
  const asFunction = (drawn: number) => {
    lot = drawn;
    return shop.call("everything", "Scan", scan);
  };

  it("throttles as many calls of functions as was asked for", async () => {
    for (const drawn of [0, 0.0999]) {
      const { status, body } = await asFunction(drawn);
      expect({ status, body }).toEqual({
        status: 400,
        body: {
          __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
          message: expect.stringMatching(/^The level of configured provisioned throughput/),
        },
      });
    }
  });

  it("fails as many as was asked for, with an error that SDKs try again", async () => {
    for (const drawn of [0.1, 0.2999]) {
      const { status, body } = await asFunction(drawn);
      expect({ status, body }).toEqual({
        status: 500,
        body: {
          __type: "com.amazonaws.dynamodb.v20120810#InternalServerError",
          message: "The server encountered an internal error trying to fulfill the request.",
        },
      });
    }
  });

  it("leaves all other calls alone", async () => {
    for (const drawn of [0.3, 0.9999]) expect((await asFunction(drawn)).status).toBe(200);
  });

  it("never meets the developer", async () => {
    lot = 0;
    expect((await shop.call("owner", "Scan", scan)).status).toBe(200);
  });

  it("does not make an error of a call that is refused anyway", async () => {
    lot = 0;
    expect((await shop.call("nothing", "Scan", scan)).body.__type).toMatch(/AccessDenied/);
  });
});

describe("latency", () => {
  const plan = shopPlan();
  const shop = useShop({ plan: () => plan, chaos: parseChaos("latency=60ms") });

  it("is added to each call of a function, and to none of the developer", async () => {
    await shop.call("owner", "Scan", scan);
    await shop.call("everything", "Scan", scan);
    const [owner, everything] = shop.events.map((event) =>
      event.type === "table-call" ? event.milliseconds : 0,
    );
    expect(everything).toBeGreaterThanOrEqual(59);
    expect(owner).toBeGreaterThan(0);
  });
});
