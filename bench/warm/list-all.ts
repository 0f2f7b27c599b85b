/** `list` without a limit of its own: as many products as DynamoDB gives at once, which is 1 MB of them. */
import { ok } from "lambdakit/runtime";
import { productHandler, products } from "../../services/product/src/handlers/product-handler.ts";
import { productListBody } from "../../services/product/src/models/responses.ts";

export const handler = productHandler(async () => {
  const page = await products.listActive(100_000);
  return ok(productListBody(page.products, undefined));
});
