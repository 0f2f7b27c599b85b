/** The table's keys. `service.ts` grants access by their first parts. */

export function productKey(productId: string) {
  return { PK: `PRODUCT#${productId}`, SK: "METADATA" };
}

export function idempotencyKey(key: string) {
  return { PK: `IDEMPOTENCY#${key}`, SK: "METADATA" };
}

/** No item has this key: it is read to be prepared for the first request. */
export const primingKey = { PK: "PRIMING", SK: "METADATA" };

export const pageTokenKey = { PK: "PAGE_TOKEN_KEY", SK: "METADATA" };
