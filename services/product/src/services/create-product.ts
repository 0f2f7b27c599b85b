import { createHash } from "node:crypto";
import { NoFreeProductIdError, ProductIdTakenError } from "../errors/product-errors.ts";
import type { Product } from "../models/product.ts";
import type { CreateProduct } from "../models/requests.ts";
import type { ProductRepository } from "../repositories/product-repository.ts";
import { newProductId } from "./product-id.ts";

/** Even the second attempt is rare; five in a row mean that something is broken. */
const maxAttempts = 5;

/** A caller may repeat a request for a day. */
const idempotencySeconds = 24 * 60 * 60;

export interface CreatedProduct {
  readonly product: Product;
  /** It was added before, by a request with the same idempotency key. */
  readonly replayed: boolean;
}

/**
 * Adds a new, active product.
 *
 * @param idempotencyKey the same key with the same product adds it once, however often it is sent
 * @throws {IdempotencyKeyReusedError} the key came with another product before
 * @throws {NoFreeProductIdError}
 */
export async function createProduct(
  products: ProductRepository,
  input: CreateProduct,
  idempotencyKey?: string,
  nextId: () => string = newProductId,
): Promise<CreatedProduct> {
  const now = new Date();
  const epochSeconds = Math.floor(now.getTime() / 1000);
  const idempotency =
    idempotencyKey === undefined
      ? undefined
      : {
          key: idempotencyKey,
          fingerprint: fingerprint(input),
          now: epochSeconds,
          expiresAt: epochSeconds + idempotencySeconds,
        };
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const product: Product = {
      productId: nextId(),
      ...input,
      active: "true",
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      version: 1,
    };
    try {
      const added = await products.add(product, idempotency);
      return { product: added, replayed: added !== product };
    } catch (error) {
      if (!(error instanceof ProductIdTakenError)) throw error;
    }
  }
  throw new NoFreeProductIdError();
}

/** Of the product as it was understood: the order of its fields and its white space do not count. */
function fingerprint(input: CreateProduct): string {
  const fields = Object.keys(input).sort();
  return createHash("sha256").update(JSON.stringify(input, fields)).digest("base64");
}
