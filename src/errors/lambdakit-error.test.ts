import { describe, expect, it } from "vitest";
import { errorCodes, exitCodes, LambdakitError, type Problem } from "./index.ts";

describe("LambdakitError", () => {
  it("says what happened, where, and what to type next", () => {
    const error = new LambdakitError("DEV_PORT_IN_USE", {
      message: "Port 3000 is in use.",
      fix: "lambdakit dev --port 3001",
      at: "--port",
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "LambdakitError",
      code: "DEV_PORT_IN_USE",
      message: "Port 3000 is in use.",
      fix: "lambdakit dev --port 3001",
      at: "--port",
      problems: [],
      exitCode: exitCodes.failure,
    });
    expect(error).not.toHaveProperty("cause");
  });

  it("keeps what caused it, and every problem", () => {
    const cause = new Error("connect ECONNREFUSED");
    const problem: Problem = {
      code: "MANIFEST_MISSING_KEY",
      path: ["name"],
      message: '"name" is missing',
      fix: "add it",
    };
    const error = new LambdakitError("MANIFEST_INVALID", {
      message: "service.ts has 1 problem.",
      fix: "see the problem",
      problems: [problem],
      cause,
    });
    expect(error.cause).toBe(cause);
    expect(error.problems).toEqual([problem]);
    expect(error.at).toBeUndefined();
  });

  it("ends a command with the exit code of its own code", () => {
    for (const [code, exitCode] of Object.entries(errorCodes)) {
      const error = new LambdakitError(code as keyof typeof errorCodes, { message: "", fix: "" });
      expect([code, error.exitCode]).toEqual([code, exitCode]);
    }
  });

  it("tells wrong usage and an unreachable engine from every other failure", () => {
    const exitCode = (code: keyof typeof errorCodes) =>
      new LambdakitError(code, { message: "", fix: "" }).exitCode;
    expect(exitCode("CLI_UNKNOWN_OPTION")).toBe(64);
    expect(exitCode("MANIFEST_NOT_FOUND")).toBe(64);
    expect(exitCode("ENGINE_UNREACHABLE")).toBe(69);
    expect(exitCode("MANIFEST_INVALID")).toBe(1);
    expect(exitCode("INTERNAL")).toBe(1);
  });
});
