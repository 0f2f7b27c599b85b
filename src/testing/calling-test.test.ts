import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { callingTest, outermostFile } from "./calling-test.ts";

const here = path.join(import.meta.dirname, "calling-test.test.ts");
const nowhere = "/nowhere";

describe("the test that calls", () => {
  it("is this file, also through helpers that have waited", async () => {
    const helper = async () => {
      await delay(1);
      return callingTest(nowhere);
    };
    const through = async () => await helper();
    expect(callingTest(nowhere)).toBe(here);
    expect(await through()).toBe(here);
  });

  it("leaves the stack's limit as it was", () => {
    const before = Error.stackTraceLimit;
    callingTest(nowhere);
    expect(Error.stackTraceLimit).toBe(before);
  });

  it("is the outermost file that is no package's, no Node.js' and not ours", () => {
    const stack = [
      "Error",
      "    at callingTest (/kit/src/testing/calling-test.ts:16:29)",
      "    at startLocalService (file:///kit/src/testing/local-service.ts:20:3)",
      "    at serve (/shop/tests/served (copy).ts:4:10)",
      "    at async file:///shop/tests/orders.test.ts:9:12",
      "    at async Promise.all (index 0)",
      "    at new Suite (/shop/node_modules/runner/index.js:1:1)",
      "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
    ];
    expect(outermostFile(stack.join("\n"), "/kit/src/testing/")).toBe("/shop/tests/orders.test.ts");
    expect(outermostFile(stack.slice(0, 4).join("\n"), "/kit/src/testing/")).toBe(
      "/shop/tests/served (copy).ts",
    );
  });

  it("is nobody where only packages are on the way", () => {
    expect(outermostFile("Error\n    at Timeout._onTimeout (node:timers:1:1)", "/kit/")).toBeNull();
  });
});
