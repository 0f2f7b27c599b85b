import { describe, expect, it } from "vitest";
import type { Change } from "../terraform/index.ts";
import { planDigest } from "./index.ts";

const change: Change = {
  address: 'module.function["get"].aws_lambda_function.this',
  type: "aws_lambda_function",
  action: "update",
  losesData: false,
  attributes: [],
};

describe("the digest of a plan", () => {
  it("is the same for the same plan", () => {
    const one = planDigest("3f9c2a1b7d4e", "sit", [change]);
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(planDigest("3f9c2a1b7d4e", "sit", [{ ...change }])).toBe(one);
  });

  it("is another one for another release, environment or change", () => {
    const digests = [
      planDigest("3f9c2a1b7d4e", "sit", [change]),
      planDigest("8ab0c1d2e3f4", "sit", [change]),
      planDigest("3f9c2a1b7d4e", "prod", [change]),
      planDigest("3f9c2a1b7d4e", "sit", []),
      planDigest("3f9c2a1b7d4e", "sit", [{ ...change, losesData: true }]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});
