import { type ApiRequest, type ApiResponse, httpHandler, prime } from "lambdakit/runtime";
import { toHttpError } from "../errors/to-http-error.ts";
import { readPrimingItem, tableClient, tableName } from "../repositories/table-client.ts";
import { TableProductRepository } from "../repositories/table-product-repository.ts";

/** The products that every handler of this service works on. */
export const products = new TableProductRepository(tableClient, tableName);

await prime(readPrimingItem);

/** A Lambda handler that answers this service's own errors. */
export function productHandler(respond: (request: ApiRequest) => Promise<ApiResponse>) {
  return httpHandler(respond, { toHttpError });
}
