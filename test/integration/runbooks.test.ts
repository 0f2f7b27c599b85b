/** The runbook of development, gone through from its first step to its last by the built program. */
import { spawn } from "node:child_process";
import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { freePort } from "../../src/dev/free-port.ts";
import { endOf } from "../cloud.ts";
import { productClone } from "../product-clone.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));

/** npm's own work is not ours to test: it says how it was called, and ends as it is told. */
const npm = '#!/bin/sh\necho "npm $*"\n[ "$*" != "$FAILING" ]\n';

describe("the runbook of development", { timeout: 240_000 }, () => {
  it("is gone through on a laptop, with dev: installed, tested, served, verified, invoked", async () => {
    const service = await productClone((files) => files);
    await mkdir(path.join(service, "../../.git"));
    const folder = await temporaryFolder({ npm });
    await chmod(path.join(folder, "npm"), 0o755);
    const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
      endOf(
        spawn(process.execPath, [bin, ...args, "--service", service], {
          // Its dev has an engine of its own: other tests have tables of these names on the one that all share.
          env: {
            ...process.env,
            DYNAMODB_ENDPOINT: undefined,
            PATH: `${folder}:${process.env.PATH}`,
            CI: "true",
            ...more,
          },
          stdio: ["ignore", "pipe", "pipe"],
        }),
      );
    await run(["generate"]);
    const port = String(await freePort());
    const development = ["runbook", "run", "development", "--port", port, "--json"];

    const failed = await run(development, { FAILING: "test" });
    expect([failed.exitCode, JSON.parse(failed.stdout)], failed.stderr).toMatchObject([
      1,
      {
        outcome: "failed",
        from: "test",
        steps: [
          { id: "install" },
          { id: "doctor" },
          { id: "test", exitCode: 1, said: "npm test\n" },
        ],
      },
    ]);
    expect(failed.stderr).toContain("Stopped at test: ended with exit code 1.\n");
    expect(failed.stderr).toMatch(/if not .*The first failure counts\./);

    const { exitCode, stdout, stderr } = await run([...development, "--from", "test"]);
    const { outcome, steps } = JSON.parse(stdout);
    expect([exitCode, outcome], `${stdout}\n${stderr}`).toEqual([0, "passed"]);
    const said = new Map<string, string>(
      steps.map((one: { id: string; said: string }) => [one.id, one.said]),
    );
    expect([...said.keys()]).toEqual([
      "test",
      "derived",
      "audit",
      "dev",
      "verify-local",
      "invoke-local",
    ]);
    expect(said.get("derived")).toContain("unchanged  services/product/runbooks/development.md\n");
    expect(said.get("verify-local")).toMatch(
      new RegExp(`\\d+ checks.* http://127\\.0\\.0\\.1:${port}`),
    );
    expect(said.get("invoke-local")).toContain("200");
    // What stayed up has ended with its section.
    await expect(fetch(`http://127.0.0.1:${port}/v1.0/products`)).rejects.toThrow();
  });
});
