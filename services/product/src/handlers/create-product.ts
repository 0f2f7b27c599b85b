import { created, entityTag } from "lambdakit/runtime";
import { productBody } from "../models/responses.ts";
import { createProduct } from "../services/create-product.ts";
import { readCreateProduct } from "../validators/requests.ts";
import { productHandler, products } from "./product-handler.ts";

/** POST /v1.0/products */
export const handler = productHandler(async (request) => {
  const { product: input, idempotencyKey } = readCreateProduct(request);
  const { product, replayed } = await createProduct(products, input, idempotencyKey);
  if (replayed) request.metrics.add("IdempotentReplays");
  return created(productBody(product), {
    location: `${request.path}/${product.productId}`,
    ETag: entityTag(product.version),
  });
});
