import { ok } from "lambdakit/runtime";
import { productListBody } from "../models/responses.ts";
import { PageTokenKey } from "../repositories/page-token-key.ts";
import { tableClient, tableName } from "../repositories/table-client.ts";
import { listProducts } from "../services/list-products.ts";
import { readListProducts } from "../validators/requests.ts";
import { productHandler, products } from "./product-handler.ts";

const pageTokenKey = new PageTokenKey(tableClient, tableName);

/** GET /v1.0/products */
export const handler = productHandler(async (request) => {
  const listing = await listProducts(products, pageTokenKey, readListProducts(request));
  return ok(productListBody(listing.products, listing.nextToken));
});
