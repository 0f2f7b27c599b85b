import type { ProductBody } from "./contract.ts";

/**
 * A product, as this service knows it. The price stays a text from the caller to the table and back, so
 * it never loses a digit. `active` is a text, because it is the partition key of `ActiveProductsIndex`.
 */
export interface Product extends Readonly<ProductBody> {
  /** Counts the changes; it is the product's entity tag, and not part of its body. */
  readonly version: number;
}

/** The versions that a change may be made to: every version, or one of these. */
export type Versions = "*" | readonly number[];
