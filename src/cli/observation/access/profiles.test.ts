import { describe, expect, it, onTestFinished } from "vitest";
import { withVariables } from "../../../../test/variables.ts";
import type { Input } from "../../command.ts";
import { accessOf } from "./profiles.ts";

describe("a profile", () => {
  const input = (profile?: string): Input => ({
    arguments: [],
    flag: () => false,
    text: () => profile,
    integer: () => undefined,
    texts: () => [],
  });

  it("is one for all, or one for each environment", () => {
    expect(accessOf(input("acme"), "sit")).toEqual({ profile: "acme" });
    expect(accessOf(input("dev=one, prod=two"), "prod")).toEqual({ profile: "two" });
    expect(accessOf(input(), "dev")).toEqual({});
  });

  it("is that of the variable where the option names none", () => {
    onTestFinished(withVariables({ LAMBDAKIT_PROFILE_SIT: "three" }));
    expect(accessOf(input("dev=one"), "sit")).toEqual({ profile: "three" });
    expect(accessOf(input("sit=one"), "sit")).toEqual({ profile: "one" });
  });

  it.each(["dev=one,two", "test=one", "dev="])("is not %s", (text) => {
    expect(() => accessOf(input(text), "dev")).toThrow(
      expect.objectContaining({ code: "CLI_BAD_VALUE" }),
    );
  });
});
