import type { ProductBody } from "./contract.ts";

/** A product, as this service knows it. `active` is a text: it is the partition key of `ActiveProductsIndex`. */
export interface Product extends Readonly<ProductBody> {
  /** Counts the changes; it is the product's entity tag, and not part of its body. */
  readonly version: number;
}

/** The versions that a change may be made to: every version, or one of these. */
export type Versions = "*" | readonly number[];
