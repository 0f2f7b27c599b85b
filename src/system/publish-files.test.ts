import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { publishFiles } from "./index.ts";

const files = [
  { name: "one.zip", contents: new Uint8Array([1]) },
  { name: "list.json", contents: "[]" },
];
const nothing = async () => [];

describe("publishFiles", () => {
  it("writes files and takes others away, in a folder that it makes", async () => {
    const directory = path.join(await temporaryFolder(), "a/b");
    await publishFiles({ directory, files, stale: nothing });
    expect(await readdir(directory)).toEqual(["list.json", "one.zip"]);
    const [, list] = files;
    await publishFiles({
      directory,
      files: [{ ...list, name: "list.json", contents: "[2]" }],
      stale: async () => ["one.zip", "never-there.zip"],
    });
    expect(await readdir(directory)).toEqual(["list.json"]);
    expect(await readFile(path.join(directory, "list.json"), "utf8")).toBe("[2]");
  });

  it("leaves the folder as it was where one of them cannot be written", async () => {
    const directory = await temporaryFolder({ "one.zip": "old" });
    const unwritable = [...files, { name: "no/such/folder.zip", contents: "" }];
    await expect(publishFiles({ directory, files: unwritable, stale: nothing })).rejects.toThrow(
      "ENOENT",
    );
    expect(await readdir(directory)).toEqual(["one.zip"]);
    expect(await readFile(path.join(directory, "one.zip"), "utf8")).toBe("old");
  });

  it.skipIf(!existsSync("/proc/self"))("says where no folder can be made", async () => {
    await expect(publishFiles({ directory: "/proc/a/b", files, stale: nothing })).rejects.toThrow(
      "ENOENT",
    );
  });

  it("takes away what a process has left that was killed, and leaves what others are writing", async () => {
    const directory = await temporaryFolder();
    const killed = spawn("/bin/true", { stdio: "ignore" });
    await once(killed, "exit");
    await mkdir(path.join(directory, `.new-${killed.pid}-abc/half`), { recursive: true });
    await mkdir(path.join(directory, `.new-${process.ppid}-abc`));
    await publishFiles({ directory, files, stale: nothing });
    expect(await readdir(directory)).toEqual([`.new-${process.ppid}-abc`, "list.json", "one.zip"]);
  });
});
