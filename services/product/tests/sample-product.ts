import type { Product } from "../src/models/product.ts";
import type { CreateProduct } from "../src/models/requests.ts";

/** What the reference sends. */
export const sampleInput: CreateProduct = {
  name: "Test Product",
  description: "Test description",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: ["Feature 1", "Feature 2"],
};

export function sampleProduct(changes: Partial<Product> = {}): Product {
  return {
    productId: "PROD-ABC123",
    ...sampleInput,
    active: "true",
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    version: 1,
    ...changes,
  };
}

/** `PROD-000001`, `PROD-000002`, …, with creation times a second apart. */
export function numberedProduct(number: number, changes: Partial<Product> = {}): Product {
  return sampleProduct({
    productId: `PROD-${String(number).padStart(6, "0")}`,
    createdAt: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
    ...changes,
  });
}
