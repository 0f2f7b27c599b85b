/** The whole life of the Product service by one command, and its report, which CI keeps. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { RehearsalReport } from "../../../src/rehearsal/index.ts";
import { cloudLacks, endOf } from "../../cloud.ts";
import { say } from "../../deployed/step-times.ts";
import { findTerraform, isLacking, terraformConfiguration } from "../../terraform.ts";

const bin = fileURLToPath(new URL("../../../dist/cli/bin.js", import.meta.url));
const screenshots = process.env.LAMBDAKIT_SCREENSHOTS ?? path.resolve(".lambdakit/screenshots");
/** Beside the pictures of the console. */
const kept = path.join(path.dirname(screenshots), "rehearsal");

it.skipIf(isLacking(cloudLacks(), "No life is rehearsed"))(
  "rehearse goes through a service's whole life, from empty accounts to runbooks, and reports it",
  { timeout: 1_500_000 },
  async () => {
    const { tools } = findTerraform();
    if (tools === undefined) return;
    const home = await mkdtemp(path.join(tmpdir(), "lambdakit-rehearse-"));
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: await terraformConfiguration(home, tools),
      // What would lead to an account, if a rehearsal let it.
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_PROFILE: "nobody",
    };
    const args = ["rehearse", "--service", "services/product", "--report", kept, "--json"];
    const child = spawn(process.execPath, [bin, ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    createInterface(child.stderr).on("line", say);
    const { exitCode, stdout } = await endOf(child);
    await rm(home, { recursive: true });

    const report: RehearsalReport = JSON.parse(stdout);
    const { stages } = report;
    expect(stages.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect({ exitCode, passed: report.passed }).toEqual({ exitCode: 0, passed: true });
    expect(stages.map(({ id }) => id)).toEqual([
      ...["package", "bootstrap", "dev", "sit", "prod", "canary", "bad-release"],
      ...["recovery", "audit", "runbooks"],
    ]);
    const read = (name: string) => readFile(path.join(kept, name), "utf8");
    for (const { id, acts } of stages) {
      expect(await read("report.md")).toContain(`\n## ${id}\n`);
      expect(await read("report.html")).toContain(`<h2>${id}: <span class="passed">`);
      for (const { log } of acts) if (log !== null) expect(await read(log)).toContain("exit code");
    }
    expect(await read("timeline.svg")).toMatch(/^<svg /);
    expect(await read("report.html")).not.toMatch(/(src|href)="(https?:)?\/\//);
  },
);
