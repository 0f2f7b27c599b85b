import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withLazyCollector } from "./esbuild-process.ts";

/** What a process that is started now is told. */
const told = () =>
  execFileSync(process.execPath, ["-p", "process.env.GOGC"], { encoding: "utf8" }).trim();

describe("esbuild's process", () => {
  beforeEach(() => vi.stubEnv("GOGC", undefined));
  afterEach(() => vi.unstubAllEnvs());

  it("collects its garbage later than Go would, and no other process does", () => {
    expect(withLazyCollector(told)).toBe("400");
    expect(told()).toBe("undefined");
  });

  it("collects it as whoever runs the toolkit wants it", () => {
    vi.stubEnv("GOGC", "50");
    expect(withLazyCollector(told)).toBe("50");
    expect(told()).toBe("50");
  });

  it("changes nothing for others where it cannot be started", () => {
    const failing = () => {
      throw new Error("no program");
    };
    expect(() => withLazyCollector(failing)).toThrow("no program");
    expect(told()).toBe("undefined");
  });
});
