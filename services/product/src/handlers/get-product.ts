import { entityTag, ok } from "lambdakit/runtime";
import { productBody } from "../models/responses.ts";
import { getProduct } from "../services/get-product.ts";
import { readProductId } from "../validators/requests.ts";
import { productHandler, products } from "./product-handler.ts";

/** GET /v1.0/products/{productId} */
export const handler = productHandler(async (request) => {
  const product = await getProduct(products, readProductId(request));
  return ok(productBody(product), { ETag: entityTag(product.version) });
});
