import { describe, expect, it } from "vitest";
import { productManifest } from "../../../test/product-plan.ts";
import type { Manifest } from "../../manifest/index.ts";
import { planService } from "../../plan/index.ts";
import { requireLosable } from "./region-drill.ts";

const emulator = "http://127.0.0.1:5000";

function looked(manifest: Manifest, at: string | null): unknown {
  const service = { manifest } as Parameters<typeof requireLosable>[0]["service"];
  try {
    requireLosable({ service, plan: planService(manifest, "prod") }, at);
    return "may be lost";
  } catch (error) {
    return error;
  }
}

describe("the region of an environment", () => {
  it("may be lost on purpose in an emulator", () => {
    expect(looked(productManifest(), emulator)).toBe("may be lost");
  });

  it("is AWS's, and is lost by nobody there", () => {
    expect(looked(productManifest(), null)).toMatchObject({
      code: "DRILL_REFUSED",
      message: "Nobody can lose af-south-1 on purpose: it is AWS's.",
      fix: expect.stringContaining("lambdakit dr failover --env prod --to eu-west-1 --dry-run"),
    });
  });

  it("is not lost where callers come by a name that no resolver knows of the emulator", () => {
    const manifest = productManifest();
    const { prod } = manifest.environments;
    const domain = { name: "products.example.com", zoneId: "Z0123456789EXAMPLE" };
    const environments = { ...manifest.environments, prod: { ...prod, domain } };
    expect(looked({ ...manifest, environments }, emulator)).toMatchObject({
      code: "DRILL_REFUSED",
      at: "environments.prod.domain",
    });
  });
});
