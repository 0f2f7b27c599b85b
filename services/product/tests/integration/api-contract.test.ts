import { callHandler, exampleRequest } from "lambdakit/testing";
import { describe, expect, it, vi } from "vitest";
import service from "../../service.ts";
import { handler as createHandler } from "../../src/handlers/create-product.ts";
import { handler as deleteHandler } from "../../src/handlers/delete-product.ts";
import { handler as getHandler } from "../../src/handlers/get-product.ts";
import { handler as listHandler } from "../../src/handlers/list-products.ts";
import { handler as updateHandler } from "../../src/handlers/update-product.ts";
import { useProductTables } from "../product-tables.ts";
import { ids, sampleChange, sampleInput, wrongFields, wrongInput } from "../sample-product.ts";

useProductTables();

/** A caller in a browser, from where the service lets them in. */
const [Origin = ""] = service.api.cors.allowOrigins;

const create = (body: unknown = sampleInput, headers: Record<string, string> = {}) =>
  callHandler(createHandler, {
    route: "POST /v1.0/products",
    body,
    headers: { Origin, ...headers },
  });
const createdId = async (): Promise<string> => (await create()).body.productId;
const get = (productId: string) =>
  callHandler(getHandler, {
    route: "GET /v1.0/products/{productId}",
    pathParameters: { productId },
    headers: { Origin },
  });
const list = (query: Record<string, string> = {}) =>
  callHandler(listHandler, { route: "GET /v1.0/products", query });
const update = (productId: string, body: unknown, headers: Record<string, string> = {}) =>
  callHandler(updateHandler, {
    route: "PUT /v1.0/products/{productId}",
    pathParameters: { productId },
    body,
    headers,
  });
const remove = (productId: string, headers: Record<string, string> = {}) =>
  callHandler(deleteHandler, {
    route: "DELETE /v1.0/products/{productId}",
    pathParameters: { productId },
    headers: { Origin, ...headers },
  });

describe("POST /v1.0/products", () => {
  it("answers 201 with the product, where it is, and its entity tag", async () => {
    const { status, headers, body } = await create();
    expect(status).toBe(201);
    expect(body).toEqual({
      productId: expect.any(String),
      ...sampleInput,
      active: "true",
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: body.createdAt,
    });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      location: `/v1.0/products/${body.productId}`,
      etag: '"1"',
      "access-control-allow-origin": Origin,
    });
    expect((await get(body.productId)).body).toEqual(body);
  });

  it("takes the manifest's own example", async () => {
    const { status } = await callHandler(createHandler, exampleRequest(service, "create"));
    expect(status).toBe(201);
  });

  it("names every field that is wrong, at once", async () => {
    const { status, headers, body } = await create(wrongInput);
    expect(status).toBe(400);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(body).toMatchObject({ type: "about:blank", title: "Bad Request", status: 400 });
    const fields = body.errors.map(({ field }: { field: string }) => field);
    expect(fields.sort()).toEqual([...wrongFields].sort());
  });

  it("answers 415 to another content type and 413 to a body over 256 KiB", async () => {
    const route = "POST /v1.0/products";
    const asText = { "Content-Type": "text/plain" };
    const text = await callHandler(createHandler, { route, headers: asText, body: "{}" });
    expect([text.status, text.body.errors[0].field]).toEqual([415, "Content-Type"]);
    const large = await create({ ...sampleInput, noSuchField: "x".repeat(262_144) });
    expect([large.status, large.body.errors[0].field]).toEqual([413, "body"]);
  });

  describe("with an Idempotency-Key", () => {
    const key = { "Idempotency-Key": "order-4711" };

    it("creates once and answers the same, however the fields are ordered", async () => {
      const first = await create(sampleInput, key);
      const reordered = Object.fromEntries(Object.entries(sampleInput).reverse());
      const again = await create(reordered, key);
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers.location).toBe(first.headers.location);
      expect(again.headers.etag).toBe(first.headers.etag);
      expect((await list()).body.count).toBe(1);
    });

    it("creates once when the same request comes 20 times at the same moment", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => create(sampleInput, key)));
      // Some may be told to try again; none may create a second product.
      expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
      const added = answers.filter(({ status }) => status === 201);
      expect(new Set(added.map(({ body }) => body.productId)).size).toBe(1);
      expect((await list()).body.count).toBe(1);
    });

    it("answers 422 to another body", async () => {
      await create(sampleInput, key);
      const { status, body } = await create({ ...sampleInput, ...sampleChange }, key);
      expect([status, body.errors[0].field]).toEqual([422, "Idempotency-Key"]);
      expect((await list()).body.count).toBe(1);
    });

    it("answers 400 to a key that is empty, too long, or not visible ASCII", async () => {
      for (const value of ["", "x".repeat(256), "a b", "schlüssel"]) {
        const { status, body } = await create(sampleInput, { "Idempotency-Key": value });
        expect([status, body.errors[0].field]).toEqual([400, "Idempotency-Key"]);
      }
    });
  });
});

describe("GET /v1.0/products/{productId}", () => {
  it("answers 200 with the product, also after it was deleted", async () => {
    const { body: product } = await create();
    await remove(product.productId);
    const { status, headers, body } = await get(product.productId);
    expect([status, headers.etag, body.active]).toEqual([200, '"2"', "false"]);
  });

  it("answers 404 to an id that no product has", async () => {
    const { status, body } = await get(ids.missing);
    expect([status, body.errors[0].field]).toEqual([404, "productId"]);
  });

  it.each([
    ids.sample.toLowerCase(),
    ids.sample.slice(0, -1),
    `${ids.sample}0`,
    "nonsense",
    "%00",
    `${ids.sample}%0A`,
    "%zz",
  ])("answers 400 to the malformed id %s", async (productId) => {
    const { status, body } = await get(productId);
    expect([status, body.errors[0].field]).toEqual([400, "productId"]);
  });
});

describe("GET /v1.0/products", () => {
  it("answers an empty list with a count of 0 and no token", async () => {
    expect((await list()).body).toEqual({ products: [], count: 0 });
  });

  it("pages, newest first, with tokens", async () => {
    const made: string[] = [];
    for (let number = 0; number < 5; number++) {
      made.unshift((await create()).body.productId);
      // Creation times have milliseconds; two in the same one have no order to test.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const first = (await list({ limit: "2" })).body;
    const second = (await list({ limit: "2", nextToken: first.nextToken })).body;
    const third = (await list({ limit: "2", nextToken: second.nextToken })).body;
    const listed = [first, second, third].flatMap(({ products }) => products);
    expect(listed.map(({ productId }) => productId)).toEqual(made);
    expect([first.count, second.count, third.count]).toEqual([2, 2, 1]);
    expect(third).not.toHaveProperty("nextToken");
  });

  it.each(["0", "101", "-1", "1.5", "ten", "", "1e1", "99999999999"])(
    "answers 400 to the limit %j",
    async (limit) => {
      const { status, body } = await list({ limit });
      expect([status, body.errors[0].field]).toEqual([400, "limit"]);
    },
  );

  it("answers 400 to a token that was changed, cut, made up, or is another table's", async () => {
    await create();
    await create();
    const { nextToken } = (await list({ limit: "1" })).body;
    const changed = nextToken.replace(/^./, (first: string) => (first === "A" ? "B" : "A"));
    for (const token of [changed, nextToken.slice(0, -1), `${nextToken}A`, "made-up", "", "é"]) {
      const { status, body } = await list({ limit: "1", nextToken: token });
      expect([status, body.errors[0].field]).toEqual([400, "nextToken"]);
    }
  });

  it("ignores query parameters that it does not know", async () => {
    expect((await list({ utm_source: "newsletter" })).status).toBe(200);
  });
});

describe("PUT /v1.0/products/{productId}", () => {
  it("answers 200, and changes only the fields that were sent", async () => {
    const { body: product } = await create();
    const { status, headers, body } = await update(product.productId, sampleChange);
    expect([status, headers.etag]).toEqual([200, '"2"']);
    expect(body).toEqual({ ...product, ...sampleChange, updatedAt: body.updatedAt });
    expect(body.updatedAt >= product.updatedAt).toBe(true);
  });

  it("brings a deleted product back on to the list", async () => {
    const id = await createdId();
    await remove(id);
    await update(id, { active: "true" });
    expect((await list()).body.count).toBe(1);
  });

  it("answers 400 where nothing is changed", async () => {
    const id = await createdId();
    const { status, body } = await update(id, {});
    expect([status, body.errors[0].field]).toEqual([400, "body"]);
  });

  it("honours If-Match", async () => {
    const id = await createdId();
    const attempt = (tag: string) => update(id, sampleChange, { "If-Match": tag });
    expect((await attempt('"1"')).status).toBe(200);
    for (const tag of ['"1"', 'W/"2"', '"two"', '"1", W/"2"']) {
      const { status, body } = await attempt(tag);
      expect([status, body.errors[0].field]).toEqual([412, "If-Match"]);
    }
    expect((await update(id, sampleChange, { "If-Match": '"9", "2"' })).status).toBe(200);
    expect((await update(id, sampleChange, { "If-Match": "*" })).status).toBe(200);
  });

  it("answers 400 to an If-Match that is malformed, or has more than 100 tags", async () => {
    const id = await createdId();
    const many = Array.from({ length: 101 }, (_, number) => `"${number + 1}"`).join(", ");
    for (const tag of ["1", '"1', "", many]) {
      const { status, body } = await update(id, sampleChange, { "If-Match": tag });
      expect([status, body.errors[0].field]).toEqual([400, "If-Match"]);
    }
  });

  it("answers 404 to an id that no product has", async () => {
    expect((await update(ids.missing, sampleChange)).status).toBe(404);
    expect((await update(ids.missing, sampleChange, { "If-Match": '"1"' })).status).toBe(404);
  });
});

describe("DELETE /v1.0/products/{productId}", () => {
  it("answers 204 without a body, takes the product off the list, and can be repeated", async () => {
    const id = await createdId();
    const { status, headers, body } = await remove(id);
    expect([status, body]).toEqual([204, undefined]);
    expect(headers["access-control-allow-origin"]).toBe(Origin);
    expect(headers).not.toHaveProperty("content-type");
    expect((await list()).body.count).toBe(0);
    expect((await remove(id)).status).toBe(204);
  });

  it("honours If-Match", async () => {
    const id = await createdId();
    await update(id, sampleChange);
    expect((await remove(id, { "If-Match": '"1"' })).status).toBe(412);
    expect((await remove(id, { "If-Match": '"2"' })).status).toBe(204);
  });

  it("answers 404 to an id that no product has, and 400 to a malformed one", async () => {
    expect((await remove(ids.missing)).status).toBe(404);
    expect((await remove("nonsense")).status).toBe(400);
  });
});

describe("an unknown failure", () => {
  it("is a 500 that tells the caller nothing but the request's id, and the log why", async () => {
    process.env.DYNAMODB_TABLE = "no-such-table";
    const { answer, log } = await logged(() => get(ids.sample));
    expect(answer.status).toBe(500);
    expect(Object.keys(answer.body).sort()).toEqual(
      ["detail", "errors", "requestId", "status", "title", "type"].sort(),
    );
    expect(JSON.stringify(answer.body)).not.toMatch(/no-such-table|DynamoDB|Resource|stack|at /);
    expect(answer.headers["access-control-allow-origin"]).toBe(Origin);
    expect(log).toMatchObject({
      level: "ERROR",
      function_request_id: answer.body.requestId,
      error: { name: "ResourceNotFoundException" },
    });
  });

  it("is a 500 too where the function was not told its table", async () => {
    delete process.env.DYNAMODB_TABLE;
    const { answer, log } = await logged(() => list());
    expect(answer.status).toBe(500);
    expect(log).toMatchObject({ error: { message: expect.stringContaining("DYNAMODB_TABLE") } });
  });
});

/** Does something that writes one log line, and gives the line too. */
async function logged<Result>(work: () => Promise<Result>) {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const answer = await work();
    return { answer, log: JSON.parse(String(write.mock.calls.at(-1)?.[0])) };
  } finally {
    write.mockRestore();
  }
}
