import { noContent } from "lambdakit/runtime";
import { deleteProduct } from "../services/delete-product.ts";
import { readDeleteProduct } from "../validators/requests.ts";
import { productHandler, products } from "./product-handler.ts";

/** DELETE /v1.0/products/{productId} */
export const handler = productHandler(async (request) => {
  const { productId, expected } = readDeleteProduct(request);
  await deleteProduct(products, productId, expected);
  return noContent();
});
