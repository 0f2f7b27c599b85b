import { ProductNotFoundError } from "../errors/product-errors.ts";
import type { Product } from "../models/product.ts";
import type { ProductRepository } from "../repositories/product-repository.ts";

/** @throws {ProductNotFoundError} */
export async function getProduct(products: ProductRepository, productId: string): Promise<Product> {
  const product = await products.find(productId);
  if (product === undefined) throw new ProductNotFoundError(productId);
  return product;
}
