import type { ProductBody, ProductListBody } from "./contract.ts";
import type { Product } from "./product.ts";

/** DynamoDB gives attributes in any order; callers get them in this one. */
export function productBody(product: Product): ProductBody {
  const { productId, name, description, price, currency, period, features, active } = product;
  const { createdAt, updatedAt } = product;
  return {
    productId,
    name,
    description,
    price,
    currency,
    period,
    features,
    active,
    createdAt,
    updatedAt,
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
