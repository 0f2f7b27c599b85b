import { fileURLToPath } from "node:url";
import { startLocalService } from "lambdakit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DescribedApi, statedAnswers } from "../described-api.ts";
import { sampleInput } from "../sample-product.ts";

const products = "/v1.0/products";
const unknown = `${products}/PROD-000000`;

let served: Awaited<ReturnType<typeof startLocalService>>;
let api: DescribedApi;
beforeAll(async () => {
  served = await startLocalService(fileURLToPath(new URL("../..", import.meta.url)));
  api = new DescribedApi(served.url, await served.token());
}, 60_000);
afterAll(() => served?.stop());

/** Each call fails by itself where the answer is not the one that is described. */
describe("the OpenAPI document describes", { timeout: 60_000 }, () => {
  it("each answer of the README's session", async () => {
    const { body } = await api.call("POST", products, { body: sampleInput });
    const path = `${products}/${body.productId}`;
    const change = { headers: { "If-Match": '"1"' }, body: { price: "149.99" } };
    const replies = [
      await api.call("GET", products),
      await api.call("GET", path),
      await api.call("PUT", path, change),
      await api.call("PUT", path, change),
      await api.call("DELETE", path),
      await api.call("GET", products),
      await api.call("GET", path),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 412, 204, 200, 200]);
  });

  it("a page that is not the last one", async () => {
    for (const name of ["One", "Two"]) {
      await api.call("POST", products, { body: { ...sampleInput, name } });
    }
    const { body } = await api.call("GET", `${products}?limit=1`);
    const next = new URLSearchParams({ limit: "1", nextToken: body.nextToken });
    expect((await api.call("GET", `${products}?${next}`)).status).toBe(200);
  });

  it("each refusal of a request that is not valid", async () => {
    const replies = [
      await api.call("GET", `${products}?limit=0`),
      await api.call("GET", `${products}?nextToken=made-up`),
      await api.call("GET", `${products}/1`),
      await api.call("POST", products, { body: "{" }),
      await api.call("POST", products, { body: { name: "", price: 1, colour: "red" } }),
      await api.call("PUT", unknown, { body: {} }),
      await api.call("PUT", unknown, { headers: { "If-Match": "1" }, body: { name: "x" } }),
      await api.call("DELETE", `${products}/1`),
    ];
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 400));
  });

  it("each refusal of a body that is too large or no JSON", async () => {
    const large = { ...sampleInput, description: "x".repeat(262_144) };
    const asText = { headers: { "Content-Type": "text/plain" }, body: "{}" };
    const { body } = await api.call("POST", products, { body: sampleInput });
    for (const [method, path] of [
      ["POST", products],
      ["PUT", `${products}/${body.productId}`],
    ] as const) {
      expect((await api.call(method, path, { body: large })).status).toBe(413);
      expect((await api.call(method, path, asText)).status).toBe(415);
    }
  });

  it("each refusal of a product that is not there, or not in this version any more", async () => {
    const { body } = await api.call("POST", products, { body: sampleInput });
    const stale = { headers: { "If-Match": '"7"' } };
    const replies = [
      await api.call("GET", unknown),
      await api.call("PUT", unknown, { body: { name: "x" } }),
      await api.call("DELETE", unknown),
      await api.call("DELETE", `${products}/${body.productId}`, stale),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 412]);
  });

  it("a key that is used again, for the same product and for another", async () => {
    const headers = { "Idempotency-Key": "order-4711" };
    const first = await api.call("POST", products, { headers, body: sampleInput });
    const again = await api.call("POST", products, { headers, body: sampleInput });
    expect(again.body).toEqual(first.body);
    const other = { ...sampleInput, name: "Another" };
    expect((await api.call("POST", products, { headers, body: other })).status).toBe(422);
  });

  it("each refusal of a caller who may not write", async () => {
    const reader = `Bearer ${await served.token({ scopes: ["products:read"] })}`;
    for (const [Authorization, status] of [
      ["", 401],
      ["Bearer made-up", 401],
      [reader, 403],
    ] as const) {
      const headers = { Authorization };
      const replies = [
        await api.call("POST", products, { headers, body: sampleInput }),
        await api.call("PUT", unknown, { headers, body: { name: "x" } }),
        await api.call("DELETE", unknown, { headers }),
      ];
      expect(replies.map((reply) => reply.status)).toEqual([status, status, status]);
    }
  });

  it("what a browser may send", async () => {
    for (const path of [products, unknown]) {
      expect((await api.call("OPTIONS", path)).status).toBe(200);
    }
  });

  it("no answer that the service does not give, but for one that needs luck", () => {
    const missing = statedAnswers(products).filter((answer) => !api.seen.has(answer));
    expect(missing).toEqual(["create 409"]);
  });
});
