import { describe, expect, it, onTestFinished } from "vitest";
import { greeter } from "../../test/dev-servers.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { countItems, tableApi } from "../dev/engine/index.ts";
import { startLocalService } from "./index.ts";

describe("a local service", () => {
  it("answers over HTTP on a free port, keeps nothing, and is gone once it is stopped", async () => {
    const { url, plan, dataDirectory, stop } = await startLocalService(await greeter());
    expect(plan.service).toBe("greeter");
    expect(dataDirectory).toBeUndefined();
    const response = await fetch(`${url}/greeting`, { headers: { Connection: "close" } });
    expect([response.status, await response.text()]).toEqual([200, "hello"]);
    await stop();
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("has empty tables of its own, whatever engine the test run has", async () => {
    const directory = await greeter();
    const [one, other] = [await startLocalService(directory), await startLocalService(directory)];
    onTestFinished(async () => {
      await one.stop();
      await other.stop();
    });
    expect(one.engine.endpoint).not.toBe(process.env.DYNAMODB_ENDPOINT);
    const [table = ""] = one.plan.tables.map(({ name }) => name);
    await tableApi(one.engine.endpoint, "PutItem", {
      TableName: table,
      Item: { PK: { S: "Ada" } },
    });
    expect(await countItems(one.engine.endpoint, table)).toBe(1);
    expect(await countItems(other.engine.endpoint, table)).toBe(0);
  });

  it("is an error where there is no service", async () => {
    await expect(startLocalService(await temporaryFolder())).rejects.toMatchObject({
      code: "MANIFEST_NOT_FOUND",
    });
  });
});
