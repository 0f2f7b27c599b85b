import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { manifest } from "../../../test/release-world.ts";
import { withVariables } from "../../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";
import type { Target } from "../deployment/target.ts";
import { requireElsewhere } from "./require-elsewhere.ts";

const sit = productPlan("sit");

describe.skipIf(findMoto().length > 0)("an account that is to be lost", { timeout: 60_000 }, () => {
  let moto: Moto;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(sit.region);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  const target = (plan = sit) => {
    const caller = { accountId: plan.accountId, arn: "arn:aws:iam::815856636111:user/ada" };
    return { plan, caller, service: { manifest } } as unknown as Target;
  };

  it("has a table that only a restore knows, and is not lost: dev could not say what it is called", async () => {
    const [table] = sit.tables;
    const restored = {
      ...sit,
      tables: [{ ...table, name: "products-sit-restored-20261127-091500" }],
    };
    await expect(
      requireElsewhere(target(restored as typeof sit), "3f9c2a1b7d4e"),
    ).rejects.toMatchObject({
      code: "DRILL_REFUSED",
      message: expect.stringContaining("products-sit-restored-20261127-091500 is in use"),
    });
  });

  it("is not lost where dev has not its release", async () => {
    await expect(requireElsewhere(target(), "3f9c2a1b7d4e")).rejects.toMatchObject({
      code: expect.stringMatching(/^(RELEASE|TERRAFORM)_/),
    });
  });
});
