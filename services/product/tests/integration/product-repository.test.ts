import { describe, expect, it } from "vitest";
import {
  IdempotencyKeyReusedError,
  ProductChangedError,
  ProductIdTakenError,
  ProductNotFoundError,
} from "../../src/errors/product-errors.ts";
import type { ProductRepository } from "../../src/repositories/product-repository.ts";
import { tableClient, tableName } from "../../src/repositories/table-client.ts";
import { TableProductRepository } from "../../src/repositories/table-product-repository.ts";
import { MemoryProductRepository } from "../memory-product-repository.ts";
import { useProductTables } from "../product-tables.ts";
import { ids, numberedProduct, sampleChange, sampleProduct } from "../sample-product.ts";

describe("products in the table", () => {
  useProductTables();
  keepsItsContract(() => new TableProductRepository(tableClient, tableName));
});

describe("products in memory, which stand for the table in unit tests", () => {
  keepsItsContract(() => new MemoryProductRepository());
});

function keepsItsContract(create: () => ProductRepository): void {
  it("finds what was added, to the last field", async () => {
    const products = create();
    const product = sampleProduct();
    expect(await products.add(product)).toBe(product);
    expect(await products.find(product.productId)).toEqual(product);
  });

  it("finds nothing where nothing was added", async () => {
    expect(await create().find(ids.missing)).toBeUndefined();
  });

  it("refuses to add a product under an id that is taken", async () => {
    const products = create();
    const first = await products.add(sampleProduct());
    const second = numberedProduct(2, { productId: ids.sample });
    await expect(products.add(second)).rejects.toThrow(ProductIdTakenError);
    expect(await products.find(ids.sample)).toEqual(first);
  });

  describe("with an idempotency key", () => {
    const idempotency = { key: "key-1", fingerprint: "a", now: 1_000, expiresAt: 2_000 };

    it("adds once, and gives the first product to whoever repeats the request", async () => {
      const products = create();
      const first = await products.add(sampleProduct(), idempotency);
      const again = await products.add(sampleProduct({ productId: ids.other }), idempotency);
      expect(again).toEqual(first);
      expect(await products.find(ids.other)).toBeUndefined();
    });

    it("gives the first answer even after the product has changed", async () => {
      const products = create();
      const first = await products.add(sampleProduct(), idempotency);
      await products.update(first.productId, { ...sampleChange, updatedAt: "later" }, "*");
      expect(await products.add(sampleProduct(), idempotency)).toEqual(first);
    });

    it("refuses the key for a request of another content", async () => {
      const products = create();
      await products.add(sampleProduct(), idempotency);
      const second = sampleProduct({ productId: ids.other });
      const reused = products.add(second, { ...idempotency, fingerprint: "b" });
      await expect(reused).rejects.toThrow(IdempotencyKeyReusedError);
    });

    it("takes the key again once it has expired", async () => {
      const products = create();
      await products.add(sampleProduct(), idempotency);
      const later = { ...idempotency, fingerprint: "b", now: 2_001, expiresAt: 3_000 };
      const second = sampleProduct({ productId: ids.other });
      expect(await products.add(second, later)).toEqual(second);
    });

    it("leaves the key free when the product's id is taken", async () => {
      const products = create();
      await products.add(sampleProduct());
      await expect(products.add(sampleProduct(), idempotency)).rejects.toThrow(ProductIdTakenError);
      const second = sampleProduct({ productId: ids.other });
      expect(await products.add(second, idempotency)).toEqual(second);
    });
  });

  it("changes the fields given, leaves the others, and counts the version up", async () => {
    const products = create();
    const product = await products.add(sampleProduct());
    const changes = { ...sampleChange, active: "false" as const, updatedAt: "later" };
    const updated = await products.update(product.productId, changes, "*");
    expect(updated).toEqual({ ...product, ...changes, version: 2 });
    expect(await products.find(product.productId)).toEqual(updated);
  });

  it("creates nothing when it is asked to change a product that is not there", async () => {
    const products = create();
    const change = products.update(ids.missing, { ...sampleChange, updatedAt: "now" }, "*");
    await expect(change).rejects.toThrow(ProductNotFoundError);
    await expect(products.deactivate(ids.missing, "now", "*")).rejects.toThrow(
      ProductNotFoundError,
    );
    expect(await products.find(ids.missing)).toBeUndefined();
  });

  it("changes a product only at a version that is expected", async () => {
    const products = create();
    const { productId } = await products.add(sampleProduct());
    const change = { ...sampleChange, updatedAt: "later" };
    await expect(products.update(productId, change, [2])).rejects.toThrow(ProductChangedError);
    await expect(products.update(productId, change, [])).rejects.toThrow(ProductChangedError);
    await expect(products.deactivate(productId, "later", [7, 8])).rejects.toThrow(
      ProductChangedError,
    );
    expect(await products.update(productId, change, [3, 1])).toMatchObject({ version: 2 });
    await products.deactivate(productId, "later", [2]);
    expect(await products.find(productId)).toMatchObject({ active: "false", version: 3 });
  });

  it("does nothing to a product that is inactive already, whatever version is expected", async () => {
    const products = create();
    const { productId } = await products.add(sampleProduct());
    await products.deactivate(productId, "first", "*");
    await products.deactivate(productId, "second", "*");
    await products.deactivate(productId, "third", [1]);
    expect(await products.find(productId)).toMatchObject({ updatedAt: "first", version: 2 });
  });

  it("lists active products newest first, and no others", async () => {
    const products = create();
    const [first, second, third] = [1, 2, 3].map((number) => numberedProduct(number).productId);
    for (const number of [2, 3, 1]) {
      await products.add(numberedProduct(number));
    }
    await products.deactivate(second ?? "", "later", "*");
    const { products: listed, next } = await products.listActive(10);
    expect(listed.map(({ productId }) => productId)).toEqual([third, first]);
    expect(next).toBeUndefined();
  });

  it("goes through all pages without gap or repetition, also where times are equal", async () => {
    const products = create();
    for (let number = 0; number < 7; number++) {
      await products.add(numberedProduct(number, { createdAt: "2026-01-01T00:00:00.000Z" }));
    }
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let page = await products.listActive(3); ; ) {
      seen.push(...page.products.map(({ productId }) => productId));
      sizes.push(page.products.length);
      if (page.next === undefined) break;
      page = await products.listActive(3, page.next);
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(new Set(seen).size).toBe(7);
  });

  it("says that there is no next page when the last one is exactly full", async () => {
    const products = create();
    for (const number of [1, 2, 3, 4]) {
      await products.add(numberedProduct(number));
    }
    const first = await products.listActive(2);
    const second = await products.listActive(2, first.next);
    expect(second.products).toHaveLength(2);
    expect(second.next).toBeUndefined();
  });
}
