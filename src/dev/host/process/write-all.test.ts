import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { writeAll } from "./write-all.ts";

describe("writeAll", () => {
  it("writes a text to its end", async () => {
    const file = path.join(await temporaryFolder(), "out.txt");
    const descriptor = openSync(file, "w");
    writeAll(descriptor, "one, ");
    writeAll(descriptor, "");
    writeAll(descriptor, "žluť");
    closeSync(descriptor);
    expect(readFileSync(file, "utf8")).toBe("one, žluť");
  });

  it("waits while nobody reads", { timeout: 60_000 }, async () => {
    const child = spawn("/bin/sh", ["-c", "sleep 0.2; wc -c"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let counted = "";
    child.stdout.on("data", (text) => {
      counted += text;
    });
    // The system's number of our end of the pipe, which is not blocking and holds some 200 KB.
    const { fd } = (child.stdin as unknown as { _handle: { fd: number } })._handle;
    writeAll(fd, "ž".repeat(1_000_000));
    child.stdin.end();
    await new Promise((resolve) => child.once("close", resolve));
    expect(Number(counted)).toBe(2_000_000);
  });

  it("does not hide that there is nothing to write to", () => {
    expect(() => writeAll(9_999, "text")).toThrow("EBADF");
  });
});
