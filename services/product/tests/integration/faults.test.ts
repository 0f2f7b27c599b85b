/**
 * The faults of the reference that must not come back. Each test fails on the reference's way.
 */
import { callHandler } from "lambdakit/testing";
import { describe, expect, it } from "vitest";
import { ProductIdTakenError } from "../../src/errors/product-errors.ts";
import { handler as createHandler } from "../../src/handlers/create-product.ts";
import { handler as deleteHandler } from "../../src/handlers/delete-product.ts";
import { handler as listHandler } from "../../src/handlers/list-products.ts";
import { handler as updateHandler } from "../../src/handlers/update-product.ts";
import { tableClient, tableName } from "../../src/repositories/table-client.ts";
import { TableProductRepository } from "../../src/repositories/table-product-repository.ts";
import { createProduct } from "../../src/services/create-product.ts";
import { useProductTables } from "../product-tables.ts";
import { numberedProduct, sampleInput, sampleProduct } from "../sample-product.ts";

useProductTables();
const products = new TableProductRepository(tableClient, tableName);

describe("fault 1: an id that comes up twice overwrites a product", () => {
  it("gives the second product another id, and leaves the first alone", async () => {
    const ids = ["PROD-SAME01", "PROD-SAME01", "PROD-SAME01", "PROD-OTHER1"];
    const nextId = () => ids.shift() ?? "";
    const { product: first } = await createProduct(
      products,
      { ...sampleInput, name: "First" },
      undefined,
      nextId,
    );
    const { product: second } = await createProduct(
      products,
      { ...sampleInput, name: "Second" },
      undefined,
      nextId,
    );
    expect(second.productId).toBe("PROD-OTHER1");
    expect(await products.find(first.productId)).toEqual(first);
  });

  it("gives up, and still overwrites nothing, where every id is taken", async () => {
    const { product: first } = await createProduct(
      products,
      sampleInput,
      undefined,
      () => "PROD-SAME01",
    );
    await expect(
      createProduct(products, { ...sampleInput, name: "Second" }, "key", () => "PROD-SAME01"),
    ).rejects.toThrow("");
    expect(await products.find("PROD-SAME01")).toEqual(first);
  });

  it("lets one of many creations with the same id through", async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, number) =>
        products.add(sampleProduct({ name: `Name ${number}` })),
      ),
    );
    const added = attempts.filter(({ status }) => status === "fulfilled");
    const refused = attempts.filter(
      (attempt) => attempt.status === "rejected" && attempt.reason instanceof ProductIdTakenError,
    );
    expect([added.length, refused.length]).toEqual([1, 19]);
  });
});

describe("fault 2: products beyond the first megabyte disappear from the list", () => {
  it("lists 1.5 MB of products, each once, by following the tokens", async () => {
    const count = 400;
    const description = "d".repeat(1_900);
    const features = Array.from({ length: 10 }, () => "f".repeat(200));
    for (let start = 0; start < count; start += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, offset) =>
          products.add(numberedProduct(start + offset, { description, features })),
        ),
      );
    }
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const query = { limit: "100", ...(nextToken === undefined ? {} : { nextToken }) };
      const { status, body } = await callHandler(listHandler, {
        route: "GET /v1.0/products",
        query,
      });
      expect(status).toBe(200);
      expect(body.count).toBe(body.products.length);
      seen.push(...body.products.map(({ productId }: { productId: string }) => productId));
      nextToken = body.nextToken;
    } while (nextToken !== undefined);
    const newestFirst = Array.from(
      { length: count },
      (_, number) => numberedProduct(count - 1 - number).productId,
    );
    expect(seen).toEqual(newestFirst);
  });

  it("says that there is more when one page alone is over a megabyte", async () => {
    // The longest texts that a product may have, of letters that are one byte each: 12 KB a product,
    // 1.2 MB for a page of a hundred, whether an engine counts bytes or characters.
    const count = 100;
    const description = "d".repeat(2_000);
    const features = Array.from({ length: 50 }, () => "f".repeat(200));
    for (let number = 0; number < count; number++) {
      await products.add(numberedProduct(number, { description, features }));
    }
    const page = async (query: Record<string, string>) => {
      const { body } = await callHandler(listHandler, { route: "GET /v1.0/products", query });
      return body;
    };
    const first = await page({ limit: "100" });
    expect(first.count).toBeLessThan(count);
    expect(first.nextToken).toEqual(expect.any(String));
    const rest = await page({ limit: "100", nextToken: first.nextToken });
    expect([first.count + rest.count, rest.nextToken]).toEqual([count, undefined]);
  });
});

describe("fault 3: reading first and writing then loses updates and creates ghosts", () => {
  const route = "PUT /v1.0/products/{productId}";
  const pathParameters = { productId: "PROD-ABC123" };

  it("applies 50 concurrent updates and deletions of one product, each exactly once", async () => {
    await products.add(sampleProduct());
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        number % 5 === 4
          ? callHandler(deleteHandler, {
              route: "DELETE /v1.0/products/{productId}",
              pathParameters,
            })
          : callHandler(updateHandler, { route, pathParameters, body: { name: `Name ${number}` } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(40).fill(200),
      ...Array(10).fill(204),
    ]);
    const final = await products.find("PROD-ABC123");
    // Forty updates and the one deletion that was not a repetition: none is missing.
    expect(final).toMatchObject({ active: "false", version: 42 });
  });

  it("lets every one of 50 read-modify-write cycles through that retries on 412", async () => {
    await products.add(sampleProduct({ price: "0" }));
    const increment = async () => {
      for (;;) {
        const product = await products.find("PROD-ABC123");
        const { status } = await callHandler(updateHandler, {
          route,
          pathParameters,
          headers: { "If-Match": `"${product?.version}"` },
          body: { price: String(Number(product?.price) + 1) },
        });
        if (status === 200) return;
        expect(status).toBe(412);
      }
    };
    await Promise.all(Array.from({ length: 50 }, increment));
    expect(await products.find("PROD-ABC123")).toMatchObject({ price: "50", version: 51 });
    // Over a thousand requests, on a machine that may be busy.
  }, 120_000);

  it("creates nothing by updating and deleting a product that is not there, 50 times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        number % 2 === 0
          ? callHandler(updateHandler, { route, pathParameters, body: { name: "Ghost" } })
          : callHandler(deleteHandler, {
              route: "DELETE /v1.0/products/{productId}",
              pathParameters,
            }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(await products.find("PROD-ABC123")).toBeUndefined();
  });
});

describe("fault 4: a missing or broken body is a 500", () => {
  const json = { "Content-Type": "application/json" };

  it.each([
    ["no body", undefined],
    ["an empty body", ""],
    ["half an object", '{"name":'],
    ["a text that is not JSON", "name=Test"],
    ["a number", "42"],
    ["null", "null"],
    ["a list", "[]"],
  ])("answers 400 to %s, on create and on update", async (_, body) => {
    const call = { headers: json, ...(body === undefined ? {} : { body }) };
    const created = await callHandler(createHandler, { route: "POST /v1.0/products", ...call });
    const updated = await callHandler(updateHandler, {
      route: "PUT /v1.0/products/{productId}",
      pathParameters: { productId: "PROD-ABC123" },
      ...call,
    });
    for (const { status, body: problem } of [created, updated]) {
      expect(status).toBe(400);
      expect(problem.errors).toEqual([{ field: "body", message: expect.any(String) }]);
    }
  });
});

describe("fault 12: deleting fails, and an update can write keys and reserved words", () => {
  it("deletes a product, and says so again when it is repeated", async () => {
    await products.add(sampleProduct());
    const call = {
      route: "DELETE /v1.0/products/{productId}",
      pathParameters: { productId: "PROD-ABC123" },
    };
    expect(await callHandler(deleteHandler, call)).toMatchObject({ status: 204, body: undefined });
    expect(await callHandler(deleteHandler, call)).toMatchObject({ status: 204 });
    expect(await products.find("PROD-ABC123")).toMatchObject({ active: "false" });
  });

  it.each(["PK", "SK", "productId", "createdAt", "updatedAt", "version", "expiresAt", "size"])(
    "refuses to update %s",
    async (field) => {
      await products.add(sampleProduct());
      const { status, body } = await callHandler(updateHandler, {
        route: "PUT /v1.0/products/{productId}",
        pathParameters: { productId: "PROD-ABC123" },
        body: { [field]: "x", name: "Changed" },
      });
      expect(status).toBe(400);
      expect(body.errors).toEqual([{ field, message: "is not a known field" }]);
      expect(await products.find("PROD-ABC123")).toEqual(sampleProduct());
    },
  );

  it("updates `name`, which is a reserved word of DynamoDB", async () => {
    await products.add(sampleProduct());
    const { status, body } = await callHandler(updateHandler, {
      route: "PUT /v1.0/products/{productId}",
      pathParameters: { productId: "PROD-ABC123" },
      body: { name: "Changed" },
    });
    expect([status, body.name]).toEqual([200, "Changed"]);
  });
});
