import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { recordsAside } from "./records-aside.ts";

describe("records that lie beside their bucket", () => {
  it("are written once, read in order, and removed together", async () => {
    const folder = await temporaryFolder();
    const aside = recordsAside(folder);
    const [one, two] = ["drills/product/sit/000001/a.json", "drills/product/sit/000002/a.json"];
    expect(await aside.keys("drills/product/sit/")).toEqual([]);
    expect(await aside.putOnce(two, "2")).toBe(true);
    expect(await aside.putOnce(one, "1")).toBe(true);
    expect(await aside.putOnce(one, "another")).toBe(false);
    expect(await aside.keys("drills/product/sit/")).toEqual([one, two]);
    expect(Buffer.from((await aside.read(one)) ?? []).toString()).toBe("1");
    await aside.clear("drills/product/sit/");
    expect(await aside.keys("drills/product/sit/")).toEqual([]);
    expect(await readdir(folder)).toEqual([".lambdakit"]);
  });

  it("are never a reason to fail because there was nothing to remove", async () => {
    await expect(recordsAside(await temporaryFolder()).clear("drills/a/dev/")).resolves.toBe(
      undefined,
    );
  });
});
