import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { listen } from "../../dev/index.ts";
import { readPaths, startCallers } from "./callers.ts";

it("ask for what can be read, by the examples of service.ts", () => {
  expect(readPaths(productPlan("dev"))).toEqual(["/v1.0/products", "/v1.0/products/PROD-ABC123"]);
});

it("count what failed, and by which version they were answered", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(asked % 2 === 0 ? 500 : 404, { "x-version": asked % 2 === 0 ? "2" : "1" });
    response.end();
  });
  const { port, close } = await listen(server, 0);
  onTestFinished(close);
  const callers = startCallers(`http://127.0.0.1:${port}`, ["/a"], {
    token: "token",
    versionHeader: "x-version",
  });
  await setTimeout(600);
  const { total, failed, byVersion } = await callers.stop();
  expect(total).toBe(asked);
  expect(total).toBeGreaterThan(1);
  expect(failed).toBe(Math.floor(total / 2));
  expect(byVersion).toEqual({ 1: Math.ceil(total / 2), 2: failed });
});

it("count as failed where nobody answers", async () => {
  const callers = startCallers("http://127.0.0.1:1", ["/a"], { token: "", versionHeader: "x" });
  await setTimeout(50);
  const { total, failed, byVersion } = await callers.stop();
  expect([failed, byVersion]).toEqual([total, { none: total }]);
});
