import { afterEach, describe, expect, it, vi } from "vitest";
import { lambdaContext } from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("the context for a test", () => {
  it("is that of a function of 256 MB", () => {
    expect(lambdaContext()).toMatchObject({
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
      functionName: "test-function",
      functionVersion: "$LATEST",
      memoryLimitInMB: "256",
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:test-function",
      logGroupName: "/aws/lambda/test-function",
      logStreamName: expect.stringContaining("[$LATEST]"),
    });
  });

  it("has the name and the size that a test gives it", () => {
    expect(lambdaContext({ functionName: "list", memoryMb: 128 })).toMatchObject({
      functionName: "list",
      memoryLimitInMB: "128",
      invokedFunctionArn: expect.stringMatching(/:list$/),
      logGroupName: "/aws/lambda/list",
    });
  });

  it("has a request id of its own each time", () => {
    expect(lambdaContext().awsRequestId).not.toBe(lambdaContext().awsRequestId);
  });

  it("counts down from 30 seconds, or from the timeout that a test gives it", () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
    const contexts = [lambdaContext(), lambdaContext({ timeoutSeconds: 3 })];
    const remaining = () => contexts.map((context) => context.getRemainingTimeInMillis());
    expect(remaining()).toEqual([30_000, 3_000]);
    vi.setSystemTime(1_000_250);
    expect(remaining()).toEqual([29_750, 2_750]);
  });

  it.each(["done", "fail", "succeed"] as const)(
    "refuses context.%s, which the runtime no longer has",
    (name) => {
      // As a handler of old would call it.
      const old: Record<typeof name, () => void> = lambdaContext() as never;
      expect(() => old[name]()).toThrow(`context.${name} is not a function of this runtime`);
    },
  );
});
