import { fileURLToPath } from "node:url";
import { startLocalService } from "lambdakit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";

const products = "/v1.0/products";

let served: Awaited<ReturnType<typeof startLocalService>>;
beforeAll(async () => {
  served = await startLocalService(fileURLToPath(new URL("../..", import.meta.url)));
}, 60_000);
afterAll(() => served?.stop());

/** Where it were refused, nobody would hear of it: see `prime`. The first request would only be slower. */
it.each([
  ["list", "GET", `${products}?limit=0`],
  ["get", "GET", `${products}/1`],
  ["create", "POST", products],
  ["update", "PUT", `${products}/1`],
  ["delete", "DELETE", `${products}/1`],
])(
  "%s may read what it reads while it initialises",
  async (key, method, path) => {
    const headers = {
      "Content-Type": "application/json",
      Authorization: `Bearer ${await served.token()}`,
    };
    const body = method === "POST" || method === "PUT" ? "{}" : null;
    // Refused by the function itself, before it asks a table for anything else.
    expect((await fetch(`${served.url}${path}`, { method, headers, body })).status).toBe(400);
    expect(served.refusals.filter((refusal) => refusal.function === key)).toEqual([]);
  },
  60_000,
);
