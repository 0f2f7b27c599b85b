import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { findFault } from "./watch.ts";

const { alarms } = productPlan("prod");

/** What is said of a release while this alarm of the plan fires. */
function faultWhile(kind: string) {
  const name = alarms.find((one) => one.kind === kind)?.name ?? "";
  return findFault({
    signals: {
      firing: async (asked) => (asked.includes(name) ? [{ name, reason: "too many" }] : []),
      figuresOf: async () => [],
    },
    alarms,
    alias: "live",
    moves: [],
    firedBefore: new Set(),
    since: new Date(0),
  });
}

describe("a release that gets its share", () => {
  it("is to blame for an alarm of the API", async () => {
    expect(await faultWhile("api-latency")).toMatch(
      /^the alarm bbws-product-api-latency-prod fires/,
    );
  });

  it.each(["backup-age", "replication-latency"])("is not to blame for %s", async (kind) => {
    expect(await faultWhile(kind)).toBeUndefined();
  });
});
