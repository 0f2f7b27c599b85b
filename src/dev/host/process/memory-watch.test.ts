import { type ChildProcess, spawn } from "node:child_process";
import { describe, expect, it, onTestFinished } from "vitest";
import { MemoryWatch } from "./memory-watch.ts";

describe.each(["linux", "darwin"] as const)("memory as it is watched on %s", (platform) => {
  const skipped = platform === "linux" && process.platform !== "linux";

  it.skipIf(skipped)("is told when it is more than the limit, once", async () => {
    const child = startChild();
    let told = 0;
    const watch = new MemoryWatch(child.pid ?? 0, 5, () => told++, platform);
    onTestFinished(() => watch.stop());
    watch.start();
    await expect.poll(() => told, { timeout: 30_000 }).toBe(1);
    expect(watch.peakMb).toBeGreaterThan(5);
  });

  it.skipIf(skipped)("is not told while it is less", async () => {
    const child = startChild();
    let told = 0;
    const watch = new MemoryWatch(child.pid ?? 0, 4_000, () => told++, platform);
    onTestFinished(() => watch.stop());
    watch.start();
    await expect.poll(() => watch.peakMb, { timeout: 30_000 }).toBeGreaterThan(1);
    expect(told).toBe(0);
  });

  it.skipIf(skipped)("is nothing where the process is none", async () => {
    const child = startChild();
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const watch = new MemoryWatch(child.pid ?? 0, 1, () => {}, platform);
    watch.start();
    await new Promise((resolve) => setTimeout(resolve, 120));
    watch.stop();
    expect(watch.peakMb).toBeUndefined();
  });
});

function startChild(): ChildProcess {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}
