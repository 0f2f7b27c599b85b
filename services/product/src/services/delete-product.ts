import type { Versions } from "../models/product.ts";
import type { ProductRepository } from "../repositories/product-repository.ts";

/**
 * Takes a product off the list. It stays where it is, inactive; doing it twice is doing it once.
 *
 * @throws {ProductNotFoundError}
 * @throws {ProductChangedError} its version is none of those expected
 */
export function deleteProduct(
  products: ProductRepository,
  productId: string,
  expected: Versions,
): Promise<void> {
  return products.deactivate(productId, new Date().toISOString(), expected);
}
