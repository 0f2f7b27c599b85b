import { describe, expect, it, vi } from "vitest";
import { useShop } from "../../../test/shop.ts";
import { TableApiError, tableApi } from "../engine/index.ts";
import type { CallEngine } from "./control-plane/operation.ts";
import { deleteExpired } from "./time-to-live.ts";

const TableName = "shop-orders-dev";
/** 2026-01-01, in epoch seconds. */
const nowSeconds = 1_767_225_600;
const fiveYearsSeconds = 5 * 365 * 24 * 60 * 60;

describe("items whose time to live is over", () => {
  const shop = useShop({ now: () => nowSeconds * 1_000 });
  const put = (id: string, expiresAt: unknown) =>
    shop.call("owner", "PutItem", {
      TableName,
      Item: { PK: { S: id }, SK: { S: "x" }, expiresAt },
    });
  const ids = async () => {
    const { body } = await shop.call("owner", "Scan", { TableName });
    return body.Items.map((item: { PK: { S: string } }) => item.PK.S).sort();
  };

  it("are deleted, and no others", async () => {
    await put("expired", { N: String(nowSeconds - 1) });
    await put("expired in the last second but some", { N: `${nowSeconds - 1}.9` });
    await put("expired almost five years ago", { N: String(nowSeconds - fiveYearsSeconds) });
    await put("expired more than five years ago", { N: String(nowSeconds - fiveYearsSeconds - 1) });
    await put("expires now", { N: String(nowSeconds) });
    await put("expires later", { N: String(nowSeconds + 1) });
    await put("is a text", { S: String(nowSeconds - 1) });
    await put("is a set", { NS: [String(nowSeconds - 1)] });
    await put("is milliseconds", { N: String((nowSeconds - 1) * 1_000) });
    await shop.call("owner", "PutItem", {
      TableName,
      Item: { PK: { S: "never" }, SK: { S: "x" } },
    });
    shop.events.splice(0);
    expect(await shop.endpoint.sweep()).toBe(3);
    expect(await ids()).toEqual([
      "expired more than five years ago",
      "expires later",
      "expires now",
      "is a set",
      "is a text",
      "is milliseconds",
      "never",
    ]);
    expect(shop.events).toContainEqual({ type: "items-expired", table: TableName, items: 3 });
    expect(await shop.endpoint.sweep()).toBe(0);
  });

  it("are found on each page of a large table", async () => {
    const note = { S: "x".repeat(300_000) };
    for (let id = 0; id < 12; id++) {
      const Item = {
        PK: { S: `large ${id}` },
        SK: { S: "x" },
        note,
        expiresAt: { N: `${nowSeconds - 1}` },
      };
      await shop.call("owner", "PutItem", { TableName, Item });
    }
    expect(await shop.endpoint.sweep()).toBe(12);
  });

  it("stay where the time to live is turned off, and are deleted by the attribute that is named", async () => {
    const set = (AttributeName: string, Enabled: boolean, table = TableName) =>
      shop.call("owner", "UpdateTimeToLive", {
        TableName: table,
        TimeToLiveSpecification: { AttributeName, Enabled },
      });
    await put("off", { N: String(nowSeconds - 1) });
    await set("expiresAt", false);
    expect(await shop.endpoint.sweep()).toBe(0);
    await set("expiresAt", true);
    expect(await shop.endpoint.sweep()).toBe(1);

    await set("gone", true, "shop-stock-dev");
    const Item = { number: { N: "1" }, gone: { N: String(nowSeconds - 1) } };
    await shop.call("owner", "PutItem", { TableName: "shop-stock-dev", Item });
    expect(await shop.endpoint.sweep()).toBe(1);
  });

  it("are no trouble in a table that is not there", async () => {
    await shop.call("owner", "DeleteTable", { TableName });
    expect(await shop.endpoint.sweep()).toBe(0);
  });
});

describe("the sweep for expired items", () => {
  const shop = useShop({ now: () => nowSeconds * 1_000, sweepEveryMilliseconds: 20 });

  it("comes by itself", async () => {
    const Item = { PK: { S: "a" }, SK: { S: "x" }, expiresAt: { N: String(nowSeconds - 1) } };
    await shop.call("owner", "PutItem", { TableName, Item });
    await vi.waitFor(
      () =>
        expect(shop.events).toContainEqual({ type: "items-expired", table: TableName, items: 1 }),
      { timeout: 20_000 },
    );
  });
});

describe("a sweep that fails", () => {
  const shop = useShop({
    engine: { endpoint: "http://127.0.0.1:1", restarting: undefined },
    restartTimeoutMilliseconds: 0,
    sweepEveryMilliseconds: 20,
  });

  it("says so, and the endpoint goes on", async () => {
    await vi.waitFor(
      () =>
        expect(shop.events).toContainEqual({ type: "items-not-expired", error: expect.any(Error) }),
      { timeout: 20_000 },
    );
    await expect(shop.endpoint.sweep()).rejects.toMatchObject({ name: "InternalServerError" });
  });
});

describe("an item that is renewed while expired items are being deleted", () => {
  const shop = useShop();

  it("stays", async () => {
    const item = (expiresAt: number) => ({
      TableName,
      Item: { PK: { S: "a" }, SK: { S: "x" }, expiresAt: { N: String(expiresAt) } },
    });
    await shop.call("owner", "PutItem", item(nowSeconds - 1));
    const call: CallEngine = async (operation, input) => {
      if (operation === "DeleteItem") await shop.call("owner", "PutItem", item(nowSeconds + 60));
      return tableApi(shop.engine.endpoint, operation, input);
    };
    expect(await deleteExpired(call, TableName, "expiresAt", nowSeconds)).toBe(0);
    expect((await shop.call("owner", "Scan", { TableName })).body.Count).toBe(1);
  });

  it("is the engine's business where the engine fails", async () => {
    const call: CallEngine = async (operation, input) => {
      if (operation === "DeleteItem") throw new TableApiError("InternalServerError", "");
      return tableApi(shop.engine.endpoint, operation, input);
    };
    const later = nowSeconds + 120;
    await expect(deleteExpired(call, TableName, "expiresAt", later)).rejects.toMatchObject({
      name: "InternalServerError",
    });
  });
});
