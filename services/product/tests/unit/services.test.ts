import { describe, expect, it } from "vitest";
import {
  InvalidPageTokenError,
  NoFreeProductIdError,
  ProductNotFoundError,
} from "../../src/errors/product-errors.ts";
import { productIdForm, productIdSchema } from "../../src/models/product-id.ts";
import { createProduct } from "../../src/services/create-product.ts";
import { deleteProduct } from "../../src/services/delete-product.ts";
import { getProduct } from "../../src/services/get-product.ts";
import { listProducts } from "../../src/services/list-products.ts";
import { newProductId } from "../../src/services/product-id.ts";
import { updateProduct } from "../../src/services/update-product.ts";
import { MemoryProductRepository } from "../memory-product-repository.ts";
import { ids, sampleChange, sampleInput } from "../sample-product.ts";

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
      return ids.sample;
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
    await expect(getProduct(new MemoryProductRepository(), ids.missing)).rejects.toThrow(
      new ProductNotFoundError(ids.missing).message,
    );
  });
});

describe("updateProduct and deleteProduct", () => {
  it("set the time of the change", async () => {
    const products = new MemoryProductRepository();
    const { product } = await createProduct(products, sampleInput);
    const { productId } = product;
    const updated = await updateProduct(products, productId, sampleChange, "*");
    expect(updated.updatedAt >= product.updatedAt).toBe(true);
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
  it("has the form of an id, and every character comes up", () => {
    const { prefix, alphabet } = productIdForm;
    const made = Array.from({ length: 2_000 }, newProductId);
    expect(made.filter((id) => !productIdSchema.safeParse(id).success)).toEqual([]);
    const characters = new Set(made.flatMap((id) => [...id.slice(prefix.length)]));
    expect([...characters].sort()).toEqual([...alphabet].sort());
  });
});
