/**
 * Faults of the system that this one replaces, which must not come back: those of its infrastructure. The
 * others have their tests where they belong: the same bytes everywhere in `packaging.test.ts`, the plan that
 * was shown is what is applied in `stack-run.test.ts`, a role for each function in `deployed.test.ts`.
 */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import product from "../services/product/service.ts";
import { artifactVariables, tfvars } from "../src/deploy/index.ts";
import { environmentNames, validateManifest } from "../src/manifest/index.ts";
import { planService } from "../src/plan/index.ts";

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const plans = environmentNames.map((name) => planService(validation.manifest, name));

describe.each(plans.map((plan) => [plan.environment, plan] as const))("in %s", (_, plan) => {
  it("Terraform asks for no zip by a name of its own: each function's is found by what it is", () => {
    const packaged = Object.fromEntries(
      plan.functions.map(({ key }, position) => [key, { sha256: `${position}`.repeat(64) }]),
    );
    const { artifacts } = artifactVariables(packaged);
    expect(Object.keys(artifacts).sort()).toEqual(Object.keys(tfvars(plan).functions).sort());
    for (const { key, sha256 } of Object.values(artifacts)) {
      expect(key).toBe(`artifacts/${sha256}.zip`);
    }
  });

  it("five errors page nobody at high traffic, and one error nobody at low", () => {
    const rates = plan.alarms.filter(({ unit }) => unit === "percent");
    expect(rates).toHaveLength(plan.functions.length + 1);
    for (const { expression, threshold, minimumCount } of rates) {
      const fires = (errors: number, requests: number) =>
        rate(expression ?? "", errors, requests) > threshold;
      expect(fires(minimumCount, minimumCount * 1_000)).toBe(false);
      expect(fires(minimumCount - 1, minimumCount - 1)).toBe(false);
      expect(fires(minimumCount, minimumCount)).toBe(true);
      expect(fires(50_000, 1_000_000)).toBe(true);
    }
  });
});

describe("Terraform's state", () => {
  it("is locked and encrypted wherever it lies: no workflow has to think of it", async () => {
    const [service, account] = await Promise.all([
      readFile("terraform/stacks/service/versions.tf", "utf8"),
      readFile("src/terraform/account-stack.ts", "utf8"),
    ]);
    for (const text of [service, account]) {
      expect(text).toMatch(/backend "s3" \{[^}]*use_lockfile = true[^}]*encrypt +=\s*true/);
    }
  });
});

/** `IF(errors >= 5, 100 * errors / invocations, 0)`, as CloudWatch's metric maths has it. */
function rate(expression: string, errors: number, requests: number): number {
  const [, counted, least, over] =
    /^IF\((\w+) >= (\d+), 100 \* \1 \/ (\w+), 0\)$/.exec(expression) ?? [];
  if (counted === undefined || over === counted) throw new Error(`no rate: ${expression}`);
  return errors >= Number(least) ? (100 * errors) / requests : 0;
}
