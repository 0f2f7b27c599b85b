import type { Product, Versions } from "../models/product.ts";
import type { UpdateProduct } from "../models/requests.ts";

/** Where products are kept. */
export interface ProductRepository {
  /** The product, active or not. */
  find(productId: string): Promise<Product | undefined>;

  /**
   * Active products, newest first.
   * @param after the product that the page before ended with
   */
  listActive(limit: number, after?: PagePosition): Promise<ProductPage>;

  /**
   * Adds a product, once for each idempotency key.
   *
   * @returns the very product that was given, or, with a key that is known, the one that was added then
   *
   * @throws {ProductIdTakenError} nothing is overwritten
   * @throws {IdempotencyKeyReusedError} the key belongs to a request of another content
   * @throws {IdempotencyKeyBusyError}
   */
  add(product: Product, idempotency?: Idempotency): Promise<Product>;

  /**
   * Changes some fields of a product that exists, and counts its version up.
   * @throws {ProductNotFoundError} nothing is created
   * @throws {ProductChangedError} its version is none of those expected
   */
  update(productId: string, changes: ProductChanges, expected: Versions): Promise<Product>;

  /**
   * Makes a product inactive. Does nothing to one that is inactive already.
   * @throws {ProductNotFoundError} nothing is created
   * @throws {ProductChangedError} its version is none of those expected
   */
  deactivate(productId: string, updatedAt: string, expected: Versions): Promise<void>;
}

export interface ProductChanges extends UpdateProduct {
  readonly updatedAt: string;
}

export interface PagePosition {
  readonly productId: string;
  readonly createdAt: string;
}

export interface ProductPage {
  readonly products: readonly Product[];
  /** Absent on the last page. */
  readonly next?: PagePosition;
}

export interface Idempotency {
  readonly key: string;
  /** The same for two requests that ask for the same. */
  readonly fingerprint: string;
  /** Epoch seconds after which the key may be used again. */
  readonly expiresAt: number;
  /** Epoch seconds. */
  readonly now: number;
}
