/** `create` without a table: what validators, rules, answer and two log lines cost by themselves. */
import { created, entityTag } from "lambdakit/runtime";
import { productHandler } from "../../services/product/src/handlers/product-handler.ts";
import type { Product } from "../../services/product/src/models/product.ts";
import { productBody } from "../../services/product/src/models/responses.ts";
import type { ProductRepository } from "../../services/product/src/repositories/product-repository.ts";
import { createProduct } from "../../services/product/src/services/create-product.ts";
import { readCreateProduct } from "../../services/product/src/validators/requests.ts";

const nowhere = { add: async (product: Product) => product } as unknown as ProductRepository;

export const handler = productHandler(async (request) => {
  const { product: input, idempotencyKey } = readCreateProduct(request);
  const { product } = await createProduct(nowhere, input, idempotencyKey);
  // Every request has a line of its own already.
  request.log.info("product created", { product_id: product.productId });
  return created(productBody(product), {
    location: `${request.path}/${product.productId}`,
    ETag: entityTag(product.version),
  });
});
