import { describe, expect, it } from "vitest";
import { observe, runtimeCases } from "../../../test/observe-runtime.ts";
import { threadIsolation } from "../../../test/thread-isolation.ts";

const thread = threadIsolation();

describe("a function in a thread behaves as under AWS's runtime client", () => {
  const cases = runtimeCases.flatMap((one) =>
    Object.keys(one.expected).map((runtime) => ({ ...one, runtime })),
  );

  it.each(cases)("$runtime: $says", { timeout: 60_000 }, async (one) => {
    expect(await observe(one, one.runtime, thread())).toEqual(one.expected[one.runtime]);
  });
});
