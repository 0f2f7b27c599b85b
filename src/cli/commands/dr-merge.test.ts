/** dr merge, in an account of an emulator where a table was restored beside a damaged one. */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantRelease } from "../../../test/deployed/planted/plant-release.ts";
import { plantRestore } from "../../../test/deployed/planted/plant-restore.ts";
import { type PlantedService, plantService } from "../../../test/deployed/planted/plant-service.ts";
import { tinyFunctions } from "../../../test/deployed/planted/tiny-zip.ts";
import { productCopy } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit, type Situation } from "../../../test/recording-terminal.ts";
import { isLacking } from "../../../test/terraform.ts";
import { itemOf } from "../../../test/two-tables.ts";
import { withVariables } from "../../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";

const isSkipped = isLacking(findMoto(), "Nothing is merged");

describe.skipIf(isSkipped)("lambdakit dr merge", { timeout: 120_000 }, () => {
  let moto: Moto;
  let directory: string;
  let sit: PlantedService;
  const old = "products-sit";
  const restored = "products-sit-restored-20261127-091500";
  const endings: (() => unknown)[] = [];

  beforeAll(async () => {
    directory = await productCopy();
    const plan = productPlan("sit");
    moto = await startMoto(plan.region, undefined, false);
    const functions = tinyFunctions(plan);
    sit = await plantService(moto, plan, functions);
    await plantRelease(sit, functions);
    const { accessKeyId, secretAccessKey, sessionToken } = sit.account.credentials;
    endings.push(
      withVariables({
        ...moto.env,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
        AWS_PROFILE: undefined,
      }),
    );
  }, 120_000);

  afterAll(async () => {
    for (const end of endings.reverse()) await end();
    await moto?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const run = (args: readonly string[], situation?: Situation) =>
    lambdakit(["dr", "merge", "--env", "sit", ...args, "--service", directory], situation);
  const put = (TableName: string, number: string, value: string) =>
    sit.account.table("PutItem", { TableName, Item: itemOf(number, value) });
  const readValue = async (number: string) => {
    const { PK, SK } = itemOf(number, "");
    const { Item: found } = await sit.account.table("GetItem", {
      TableName: restored,
      Key: { PK, SK },
    });
    return found?.value?.S;
  };

  it("has nothing to do where no table was restored beside an old one", async () => {
    const { exitCode, stderr } = await run(["--dry-run"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain(
      "error MERGE_NO_TABLE\n  No table of sit was restored beside an old one",
    );
  });

  describe("after a restore", () => {
    beforeAll(async () => {
      expect(await plantRestore(sit, "2026-11-27T09:00:00.000Z")).toBe(restored);
      for (const table of [old, restored]) await put(table, "PRODUCT#1", "the same");
      await put(old, "PRODUCT#2", "corrupted");
      await put(restored, "PRODUCT#2", "as it was");
      await put(old, "PRODUCT#3\u001b[2J", "made later");
      await put(restored, "PRODUCT#4", "deleted later");
    });

    it("shows what would be done, and does nothing of it", async () => {
      const { exitCode, stdout } = await run(["--dry-run"]);
      expect(exitCode).toBe(2);
      expect(stdout).toBe(`\
sit: products-sit-restored-20261127-091500, and products-sit, which is kept
aside
1 only in the old one, so made after that moment: 1 would be brought over
  PK PRODUCT#3\\x1b[2J, SK METADATA
1 in both, and not the same: 1 would stay
  PK PRODUCT#2, SK METADATA
1 only in the restored one, so deleted or made since: 1 would stay
  PK PRODUCT#4, SK METADATA
Nothing was changed.
`);
      expect(await readValue("PRODUCT#3\u001b[2J")).toBeUndefined();
    });

    it.each([20, 40])("fits into %i columns", async (columns) => {
      const { stdout } = await run(["--dry-run"], { columns });
      expect(stdout.split("\n").filter((line) => line.length > columns)).toEqual([]);
    });

    it("asks for the environment's words before it changes anything", async () => {
      const { exitCode, stderr } = await run([]);
      expect(exitCode).toBe(77);
      expect(stderr).toContain("lambdakit dr merge --env sit --table products --confirm deploy");
      expect(await readValue("PRODUCT#3\u001b[2J")).toBeUndefined();
    });

    it("writes nothing but what it was given, and changes nothing with a list that is none", async () => {
      const list = path.join(directory, "good.jsonl");
      await writeFile(list, '{"key":{"PK":{"S":"PRODUCT#9"},"SK":{"S":"METADATA"}}}\n');
      const { exitCode, stdout } = await run(["--only", list, "--confirm", "deploy"]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("1 in both, and not the same: 1 left out\n");
      expect(await readValue("PRODUCT#3\u001b[2J")).toBeUndefined();
      await writeFile(list, '{"key":{}}\nPRODUCT#3\n');
      expect(await run(["--only", list, "--confirm", "deploy"])).toMatchObject({
        exitCode: 64,
        stderr: expect.stringContaining('good.jsonl is no item with a "key".'),
      });
      expect((await run(["--only", path.join(directory, "none.jsonl")])).exitCode).toBe(64);
    });

    it("brings over what is new, lists all of it, and is in the history", async () => {
      const list = path.join(directory, "differences.jsonl");
      const { exitCode, stdout } = await run(["--confirm", "deploy", "--list", list, "--json"]);
      // There is a conflict, and somebody has to look at it.
      expect(exitCode).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({
        environment: "sit",
        table: "products",
        old,
        restored,
        dryRun: false,
        counts: { "only-in-old": { merged: 1 }, changed: { kept: 1 } },
        list,
      });
      expect(await readValue("PRODUCT#3\u001b[2J")).toBe("made later");
      expect(await readValue("PRODUCT#2")).toBe("as it was");
      const lines = (await readFile(list, "utf8")).trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line).action).sort()).toEqual([
        "kept",
        "kept",
        "merged",
      ]);
      const history = await lambdakit([
        "releases",
        "history",
        "--env",
        "sit",
        "--service",
        directory,
      ]);
      expect(history.stdout).toMatch(/merge .*\n(.*\n)*.*merged after/);
    });

    it("lets the old table's items count where that is said, and has nothing left to do then", async () => {
      const args = ["--conflicts", "take-old", "--confirm", "deploy"];
      expect((await run(args)).exitCode).toBe(0);
      expect(await readValue("PRODUCT#2")).toBe("corrupted");
      const { exitCode, stdout } = await run(args);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("0 only in the old one, so made after that moment\n");
    });

    it("says so where the table that was kept aside is gone", async () => {
      await sit.account.table("UpdateTable", { TableName: old, DeletionProtectionEnabled: false });
      await sit.account.table("DeleteTable", { TableName: old });
      const { exitCode, stderr } = await run(["--dry-run"]);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("error MERGE_TABLE_GONE")]);
    });
  });
});
