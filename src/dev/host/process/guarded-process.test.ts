import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { createBundler } from "../../../package/index.ts";

describe("a guarded process", { timeout: 60_000 }, () => {
  it.each(["runs", "stands still"])(
    "does not outlive its parent that is killed, nor do its children, when it %s",
    async (how) => {
      const source = fileURLToPath(new URL("guarded-process.ts", import.meta.url));
      const directory = await temporaryFolder({
        "parent.ts": `
          import { startGuarded } from ${JSON.stringify(source)};
          const child = startGuarded({
            program: "/bin/sh",
            parameters: ["-c", "trap '' TERM HUP INT; sleep 1000 & echo $$ $!; wait"],
            directory: "/",
            variables: { PATH: "/usr/bin:/bin" },
            onExit: () => {},
          });
          child.stdout.once("data", (pids) => {
            if (${how === "stands still"}) child.signal("SIGSTOP");
            process.stdout.write(pids);
          });
        `,
      });
      const bundler = await createBundler({
        directory,
        outputDirectory: path.join(directory, "out"),
        entries: { parent: "parent.ts" },
      });
      const { modules } = await bundler.build();
      await bundler.dispose();
      const parent = spawn(process.execPath, [modules.parent ?? ""], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = await once(parent.stdout, "data");
      const pids = String(line).trim().split(" ").map(Number);
      expect(pids.map(isRunning)).toEqual([true, true]);
      parent.kill("SIGKILL");
      await expect.poll(() => pids.map(isRunning), { timeout: 30_000 }).toEqual([false, false]);
    },
  );
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
