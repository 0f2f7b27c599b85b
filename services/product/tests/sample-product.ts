import type { Product } from "../src/models/product.ts";
import type { CreateProduct, UpdateProduct } from "../src/models/requests.ts";

export const sampleInput: CreateProduct = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: [],
};

/** Of one field, to another value than that of the sample. */
export const sampleChange: UpdateProduct = { price: "149.99" };

/** Each field is wrong, and one is not known. */
export const wrongInput = {
  name: 7,
  description: 7,
  price: "1,00",
  currency: "RAND",
  period: 7,
  features: [7],
  noSuchField: "x",
};

/** What an answer says is wrong with it. */
export const wrongFields = [
  "name",
  "description",
  "price",
  "currency",
  "period",
  "features[0]",
  "noSuchField",
];

export const ids = {
  sample: "PROD-ABC123",
  other: "PROD-OTHER1",
  /** No test makes one of this id. */
  missing: "PROD-NOTHIN",
};

export function sampleProduct(changes: Partial<Product> = {}): Product {
  return {
    productId: ids.sample,
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
