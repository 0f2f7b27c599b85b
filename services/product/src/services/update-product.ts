import type { Product, Versions } from "../models/product.ts";
import type { UpdateProduct } from "../models/requests.ts";
import type { ProductRepository } from "../repositories/product-repository.ts";

/**
 * Changes the fields given, in one write: there is no moment between reading and writing in which
 * somebody else's change could be lost.
 *
 * @throws {ProductNotFoundError}
 * @throws {ProductChangedError} its version is none of those expected
 */
export function updateProduct(
  products: ProductRepository,
  productId: string,
  changes: UpdateProduct,
  expected: Versions,
): Promise<Product> {
  return products.update(productId, { ...changes, updatedAt: new Date().toISOString() }, expected);
}
