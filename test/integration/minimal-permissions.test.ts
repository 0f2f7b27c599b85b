/** The Product service's functions may do nothing that none of its tests needs: the real command, on its real tests. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { lambdakit } from "../recording-terminal.ts";

const product = fileURLToPath(new URL("../../services/product", import.meta.url));
const tenMinutes = 600_000;

it(
  "every permission of the Product service is missed by a test",
  async () => {
    const args = ["audit", "iam", "--minimal", "--service", product, "--json"];
    const { exitCode, stdout, stderr } = await lambdakit(args);
    const { needed, findings, permissions } = JSON.parse(stdout);
    expect(findings, stderr).toBe(0);
    expect(needed).toBeGreaterThan(10);
    // What is held against no call is Lambda's own: logs and traces.
    const others = permissions.filter(({ verdict }: { verdict: string }) => verdict !== "needed");
    expect([
      ...new Set(others.map(({ action }: { action: string }) => action.split(":")[0])),
    ]).toEqual(["logs", "xray"]);
    expect(exitCode).toBe(0);
  },
  tenMinutes,
);
