import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isAlive } from "./index.ts";

describe("a process", () => {
  it("is alive while it runs, and not afterwards", async () => {
    expect(isAlive(process.pid)).toBe(true);
    const child = spawn("/bin/true", { stdio: "ignore" });
    await once(child, "exit");
    expect(isAlive(child.pid ?? 0)).toBe(false);
  });

  it("is alive where it is somebody else's, who does not let us signal it", () => {
    vi.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
    });
    onTestFinished(() => void vi.restoreAllMocks());
    expect(isAlive(1)).toBe(true);
  });

  it("is not alive where its id is no number", () => {
    expect(isAlive(Number.NaN)).toBe(false);
  });
});
