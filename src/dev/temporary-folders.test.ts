import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeTemporaryFolder, sweepTemporaryFolders } from "./temporary-folders.ts";

describe("a temporary folder", () => {
  it("stays while its process is alive, and is swept away after that", async () => {
    const ours = makeTemporaryFolder();
    onTestFinished(() => rmSync(ours, { recursive: true }));
    const { pid: ended } = spawnSync(process.execPath, ["--version"]);
    const left = path.join(tmpdir(), `lambdakit-${ended}-Ab3dE9`);
    mkdirSync(path.join(left, "inside"), { recursive: true });
    await sweepTemporaryFolders();
    expect([existsSync(ours), existsSync(left)]).toEqual([true, false]);
  });

  it("is left alone where its name says nothing of a process", async () => {
    const other = path.join(tmpdir(), "lambdakit-bench-Ab3dE9");
    mkdirSync(other, { recursive: true });
    onTestFinished(() => rmSync(other, { recursive: true }));
    await sweepTemporaryFolders();
    expect(existsSync(other)).toBe(true);
  });
});
