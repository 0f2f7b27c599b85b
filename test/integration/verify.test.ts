import { afterAll, beforeAll, describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { testPlan } from "../../src/testing/test-plan.ts";
import { verifyService } from "../../src/verify/index.ts";

const plan = testPlan(product);
let service: Awaited<ReturnType<typeof startLocalService>>;
beforeAll(async () => {
  service = await startLocalService("services/product");
});
afterAll(() => service?.stop());

describe("the Product service", () => {
  it("passes", async () => {
    const started = performance.now();
    const v = await verifyService({ plan, url: service.url, roundTrip: true, onCheck: () => {} });
    console.log(performance.now() - started, v.checks.length, v.checks.filter((one) => !one.passed), v.checks.slice(-12));
    expect(v.passed).toBe(true);
  });
});
