import {
  IdempotencyKeyReusedError,
  ProductChangedError,
  ProductIdTakenError,
  ProductNotFoundError,
} from "../src/errors/product-errors.ts";
import type { Product, Versions } from "../src/models/product.ts";
import type {
  Idempotency,
  PagePosition,
  ProductChanges,
  ProductPage,
  ProductRepository,
} from "../src/repositories/product-repository.ts";

/** A request that was kept by its key, with its answer. */
interface Kept extends Idempotency {
  readonly product: Product;
}

/** Products in memory. `product-repository.test.ts` holds it to the same contract as the table. */
export class MemoryProductRepository implements ProductRepository {
  readonly #products = new Map<string, Product>();
  readonly #keys = new Map<string, Kept>();

  async find(productId: string): Promise<Product | undefined> {
    return this.#products.get(productId);
  }

  async listActive(limit: number, after?: PagePosition): Promise<ProductPage> {
    const rest = [...this.#products.values()]
      .filter(({ active }) => active === "true")
      .sort((a, b) => (rank(a) < rank(b) ? 1 : -1))
      .filter((one) => after === undefined || rank(one) < rank(after));
    const products = rest.slice(0, limit);
    const last = products.at(-1);
    if (last === undefined || rest.length <= limit) return { products };
    const { productId, createdAt } = last;
    return { products, next: { productId, createdAt } };
  }

  async add(product: Product, idempotency?: Idempotency): Promise<Product> {
    const known = idempotency && this.#keys.get(idempotency.key);
    if (idempotency && known && known.expiresAt >= idempotency.now) {
      if (known.fingerprint !== idempotency.fingerprint) throw new IdempotencyKeyReusedError();
      return known.product;
    }
    if (this.#products.has(product.productId)) throw new ProductIdTakenError();
    this.#products.set(product.productId, product);
    if (idempotency === undefined) return product;
    this.#keys.set(idempotency.key, { ...idempotency, product });
    return product;
  }

  async update(productId: string, changes: ProductChanges, expected: Versions): Promise<Product> {
    const product = this.#expect(productId, expected);
    const stated = Object.fromEntries(
      Object.entries(changes).filter(([, value]) => value !== undefined),
    );
    const updated = { ...product, ...stated, version: product.version + 1 };
    this.#products.set(productId, updated);
    return updated;
  }

  async deactivate(productId: string, updatedAt: string, expected: Versions): Promise<void> {
    if (this.#products.get(productId)?.active === "false") return;
    this.#expect(productId, expected);
    await this.update(productId, { active: "false", updatedAt }, "*");
  }

  #expect(productId: string, expected: Versions): Product {
    const product = this.#products.get(productId);
    if (product === undefined) throw new ProductNotFoundError(productId);
    if (expected !== "*" && !expected.includes(product.version)) {
      throw new ProductChangedError(productId);
    }
    return product;
  }
}

/** What is newer comes later. */
function rank({ createdAt, productId }: PagePosition): string {
  return `${createdAt} ${productId}`;
}
