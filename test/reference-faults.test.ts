/**
 * Faults of the system that this one replaces, which must not come back: those of its infrastructure. The
 * others have their tests where they belong: the same bytes everywhere in `packaging.test.ts`, the plan that
 * was shown is what is applied in `stack-run.test.ts`, a role for each function in `deployed.test.ts`.
 */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import product from "../services/product/service.ts";
import { artifactVariables, tfvars } from "../src/deploy/index.ts";
import { prepareAlarm } from "../src/evaluate/index.ts";
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
    // The authorizer's failures are refused tokens: an alarm on them could be fired by anybody.
    expect(rates).toHaveLength(2 * plan.functions.length - 1 + 2);
    for (const alarm of rates) {
      const { threshold, minimumCount } = alarm;
      const [failed = "", all = ""] = alarm.metrics.map(({ id }) => id);
      const evaluate = prepareAlarm(alarm);
      const fires = (failures: number, successes: number) => {
        // What is throttled is no invocation.
        const total = successes + (failed === "throttles" ? 0 : failures);
        const always = (value: number) => Array.from({ length: 4 }, () => value);
        return evaluate({ [failed]: always(failures), [all]: always(total) }).state === "ALARM";
      };
      expect(fires(minimumCount, minimumCount * 1_000)).toBe(false);
      expect(fires(minimumCount - 1, 0)).toBe(false);
      expect(fires(minimumCount, 0)).toBe(true);
      expect(fires(50_000, 950_000)).toBe(threshold < 5);
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
