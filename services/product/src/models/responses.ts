import type { ProductBody, ProductListBody } from "./contract.ts";
import type { Product } from "./product.ts";

/** DynamoDB gives attributes in any order; callers get them in this one. */
export function productBody(product: Product): ProductBody {
  return {
    productId: product.productId,
    name: product.name,
    description: product.description,
    price: product.price,
    currency: product.currency,
    period: product.period,
    features: product.features,
    active: product.active,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
  };
}

export function productListBody(
  products: readonly Product[],
  nextToken: string | undefined,
): ProductListBody {
  return {
    products: products.map(productBody),
    count: products.length,
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}
