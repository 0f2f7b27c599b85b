import { entityTag, ok } from "lambdakit/runtime";
import { productBody } from "../models/responses.ts";
import { updateProduct } from "../services/update-product.ts";
import { readUpdateProduct } from "../validators/requests.ts";
import { productHandler, products } from "./product-handler.ts";

/** PUT /v1.0/products/{productId} */
export const handler = productHandler(async (request) => {
  const { productId, changes, expected } = readUpdateProduct(request);
  const product = await updateProduct(products, productId, changes, expected);
  return ok(productBody(product), { ETag: entityTag(product.version) });
});
