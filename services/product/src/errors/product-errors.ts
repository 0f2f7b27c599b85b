/** What can go wrong with products. These say nothing of HTTP; `to-http-error.ts` does. */

export class ProductNotFoundError extends Error {
  override readonly name = "ProductNotFoundError";
  readonly productId: string;

  constructor(productId: string) {
    super(`Product ${productId} not found.`);
    this.productId = productId;
  }
}

/** The product has changed since the caller last saw it. */
export class ProductChangedError extends Error {
  override readonly name = "ProductChangedError";
  readonly productId: string;

  constructor(productId: string) {
    super(`Product ${productId} has another version than the one asked for.`);
    this.productId = productId;
  }
}

/** A new product was given an id that another product has. */
export class ProductIdTakenError extends Error {
  override readonly name = "ProductIdTakenError";
}

/** No free id was found, however often it was tried. */
export class NoFreeProductIdError extends Error {
  override readonly name = "NoFreeProductIdError";
}

/** The key was used before, for another product. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = "IdempotencyKeyReusedError";
}

/** The same key is being used at this moment, again and again. */
export class IdempotencyKeyBusyError extends Error {
  override readonly name = "IdempotencyKeyBusyError";
}

/** A page token that this service did not issue, or that was changed since. */
export class InvalidPageTokenError extends Error {
  override readonly name = "InvalidPageTokenError";
}
