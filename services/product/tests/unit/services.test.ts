import { describe, expect, it } from "vitest";
import {
  InvalidPageTokenError,
  NoFreeProductIdError,
  ProductNotFoundError,
} from "../../src/errors/product-errors.ts";
import { createProduct } from "../../src/services/create-product.ts";
import { deleteProduct } from "../../src/services/delete-product.ts";
import { getProduct } from "../../src/services/get-product.ts";
import { listProducts } from "../../src/services/list-products.ts";
import { newProductId } from "../../src/services/product-id.ts";
import { updateProduct } from "../../src/services/update-product.ts";
import { MemoryProductRepository } from "../memory-product-repository.ts";
import { sampleInput } from "../sample-product.ts";

const pageTokenKey = { get: async () => new Uint8Array(32).fill(7) };

describe("createProduct", () => {
  it("makes an active product with an id and equal time stamps", async () => {
    const products = new MemoryProductRepository();
    const { product, replayed } = await createProduct(products, sampleInput);
    expect(replayed).toBe(false);
    expect(product).toMatchObject({ ...sampleInput, active: "true", version: 1 });
    expect(product.createdAt).toBe(product.updatedAt);
    expect(await getProduct(products, product.productId)).toEqual(product);
  });

  it("asks for another id while the one it has is taken, five times at most", async () => {
    const products = new MemoryProductRepository();
    let asked = 0;
    const nextId = () => {
      asked += 1;
      return "PROD-SAME01";
    };
    await createProduct(products, sampleInput, undefined, nextId);
    await expect(createProduct(products, sampleInput, undefined, nextId)).rejects.toThrow(
      NoFreeProductIdError,
    );
    expect(asked).toBe(6);
  });

  it("says that a product is one of before, where the key is", async () => {
    const products = new MemoryProductRepository();
    const first = await createProduct(products, sampleInput, "key");
    const second = await createProduct(products, sampleInput, "key");
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.product).toEqual(first.product);
  });

  it("keeps an idempotency key for a day", async () => {
    const products = new MemoryProductRepository();
    const add = products.add.bind(products);
    let kept = 0;
    products.add = (product, idempotency) => {
      kept = (idempotency?.expiresAt ?? 0) - (idempotency?.now ?? 0);
      return add(product, idempotency);
    };
    await createProduct(products, sampleInput, "key");
    expect(kept).toBe(86_400);
  });

  it("passes on a failure that is not about the id", async () => {
    const products = new MemoryProductRepository();
    products.add = async () => {
      throw new Error("the table is away");
    };
    await expect(createProduct(products, sampleInput)).rejects.toThrow("the table is away");
  });
});

describe("getProduct", () => {
  it("fails where there is none", async () => {
    await expect(getProduct(new MemoryProductRepository(), "PROD-NOTHIN")).rejects.toThrow(
      new ProductNotFoundError("PROD-NOTHIN").message,
    );
  });
});

describe("updateProduct and deleteProduct", () => {
  it("set the time of the change", async () => {
    const products = new MemoryProductRepository();
    const { productId, updatedAt } = (await createProduct(products, sampleInput)).product;
    const updated = await updateProduct(products, productId, { name: "Changed" }, "*");
    expect(updated.updatedAt >= updatedAt).toBe(true);
    await deleteProduct(products, productId, [2]);
    expect(await getProduct(products, productId)).toMatchObject({ active: "false" });
  });
});

describe("listProducts", () => {
  it("refuses a token that was signed with another key", async () => {
    const products = new MemoryProductRepository();
    await createProduct(products, sampleInput);
    await createProduct(products, sampleInput);
    const otherKey = { get: async () => new Uint8Array(32).fill(8) };
    const { nextToken } = await listProducts(products, otherKey, { limit: 1 });
    await expect(listProducts(products, pageTokenKey, { limit: 1, nextToken })).rejects.toThrow(
      InvalidPageTokenError,
    );
  });

  it("does not ask for the key where there is one page only", async () => {
    const noKey = { get: () => Promise.reject(new Error("not needed")) };
    const listing = await listProducts(new MemoryProductRepository(), noKey, { limit: 50 });
    expect(listing).toEqual({ products: [], nextToken: undefined });
  });
});

describe("newProductId", () => {
  it("is PROD- and six of 0-9 and A-Z, every one of which comes up", () => {
    const ids = Array.from({ length: 2_000 }, newProductId);
    expect(ids.every((id) => /^PROD-[0-9A-Z]{6}$/.test(id))).toBe(true);
    expect(new Set(ids.join("").replaceAll("PROD-", "")).size).toBe(36);
  });
});
