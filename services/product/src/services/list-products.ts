import { readPageToken, signPageToken } from "lambdakit/runtime";
import { InvalidPageTokenError } from "../errors/product-errors.ts";
import type { Product } from "../models/product.ts";
import type { ListProducts } from "../models/requests.ts";
import type { PagePosition, ProductRepository } from "../repositories/product-repository.ts";

/** What page tokens are signed with. */
export interface PageTokenKeySource {
  get(): Promise<Uint8Array>;
}

export interface ProductListing {
  readonly products: readonly Product[];
  /** Absent on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * One page of active products, newest first, with a token for the next one where there is one.
 *
 * @throws {InvalidPageTokenError}
 */
export async function listProducts(
  repository: ProductRepository,
  pageTokenKey: PageTokenKeySource,
  { limit, nextToken }: ListProducts,
): Promise<ProductListing> {
  const after =
    nextToken === undefined ? undefined : readPosition(await pageTokenKey.get(), nextToken);
  const { products, next } = await repository.listActive(limit, after);
  if (next === undefined) return { products, nextToken: undefined };
  const place = [next.createdAt, next.productId];
  return { products, nextToken: signPageToken(await pageTokenKey.get(), place) };
}

function readPosition(key: Uint8Array, token: string): PagePosition {
  const place = readPageToken(key, token);
  if (place === undefined) throw new InvalidPageTokenError();
  const [createdAt, productId] = place as [string, string];
  return { createdAt, productId };
}
