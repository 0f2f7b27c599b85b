import { afterEach, describe, expect, it, vi } from "vitest";
import { contextObject, newInvocationContext, newLogStreamName } from "./context.ts";

afterEach(() => {
  vi.useRealTimers();
});

const lambda = {
  name: "acme-orders-list-dev",
  arn: "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-list-dev",
  memoryMb: 512,
  timeoutSeconds: 3,
  logGroup: { name: "/aws/lambda/acme-orders-list-dev", retentionDays: 7 },
};

describe("the context of an invocation", () => {
  it("has the name, the size and the log stream of the function", () => {
    expect(contextObject(newInvocationContext(lambda, "stream"))).toMatchObject({
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
      functionName: "acme-orders-list-dev",
      functionVersion: "$LATEST",
      memoryLimitInMB: "512",
      invokedFunctionArn: lambda.arn,
      logGroupName: "/aws/lambda/acme-orders-list-dev",
      logStreamName: "stream",
      callbackWaitsForEmptyEventLoop: true,
    });
  });

  it("counts down from the timeout", () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
    const { getRemainingTimeInMillis } = contextObject(newInvocationContext(lambda, "stream"));
    expect(getRemainingTimeInMillis()).toBe(3_000);
    vi.setSystemTime(1_001_200);
    expect(getRemainingTimeInMillis()).toBe(1_800);
    vi.setSystemTime(1_004_000);
    expect(getRemainingTimeInMillis()).toBe(-1_000);
  });

  it("does not tell the function its deadline in another way", () => {
    expect(contextObject(newInvocationContext(lambda, "stream"))).not.toHaveProperty("deadline");
  });
});

describe("the name of a log stream", () => {
  it("has the day, and is another one for each environment", () => {
    vi.useFakeTimers({ now: new Date("2026-01-02T23:59:59Z"), toFake: ["Date"] });
    const names = [newLogStreamName(), newLogStreamName()];
    for (const name of names) expect(name).toMatch(/^2026\/01\/02\/\[\$LATEST\][\da-f]{32}$/);
    expect(names[0]).not.toBe(names[1]);
  });
});
