import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lambdaInitialization } from "../names.ts";
import { prime } from "./index.ts";

describe("prime", () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env[lambdaInitialization];
    process.env[lambdaInitialization] = "on-demand";
  });
  afterEach(() => {
    if (before === undefined) delete process.env[lambdaInitialization];
    else process.env[lambdaInitialization] = before;
  });

  it("waits for the work", async () => {
    let isDone = false;
    await prime(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      isDone = true;
    });
    expect(isDone).toBe(true);
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("no table"))],
    [
      "throws",
      () => {
        throw new Error("no table");
      },
    ],
  ])("does not care where the work %s", async (_, work) => {
    await expect(prime(work)).resolves.toBeUndefined();
  });

  it("gives up after a while, and says so to the work", async () => {
    let signal: AbortSignal | undefined;
    const never = (given: AbortSignal) => {
      signal = given;
      return new Promise(() => {});
    };
    await prime(never, { timeoutMilliseconds: 5 });
    expect(signal?.aborted).toBe(true);
  });

  it("does not care where the work fails because it was given up", async () => {
    const work = (signal: AbortSignal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    await expect(prime(work, { timeoutMilliseconds: 5 })).resolves.toBeUndefined();
  });

  it("does nothing outside of Lambda", async () => {
    delete process.env[lambdaInitialization];
    let isAsked = false;
    await prime(async () => {
      isAsked = true;
    });
    expect(isAsked).toBe(false);
  });
});
