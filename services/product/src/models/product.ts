/** A product, as this service knows it. */
export interface Product {
  /** `PROD-` and six of `0-9A-Z`. */
  readonly productId: string;
  readonly name: string;
  readonly description: string;
  /** An exact decimal. It stays a text from the caller to the table and back, so it never loses a digit. */
  readonly price: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly period: string;
  readonly features: readonly string[];
  /** A text, because it is the partition key of `ActiveProductsIndex`. */
  readonly active: "true" | "false";
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts the changes; it is the product's entity tag, and not part of its body. */
  readonly version: number;
}

/** The versions that a change may be made to: every version, or one of these. */
export type Versions = "*" | readonly number[];
