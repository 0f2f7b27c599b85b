import type { Product } from "./product.ts";

/** A product as callers see it. */
export type ProductBody = Omit<Product, "version">;

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

export interface ProductListBody {
  readonly products: readonly ProductBody[];
  readonly count: number;
  /** Absent on the last page. */
  readonly nextToken?: string;
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
