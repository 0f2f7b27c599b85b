import { type ApiRequest, validate } from "lambdakit/runtime";
import type { Versions } from "../models/product.ts";
import { productIdSchema } from "../models/product-id.ts";
import {
  type CreateProduct,
  createProductSchema,
  idempotencyKeySchema,
  type ListProducts,
  listProductsSchema,
  type UpdateProduct,
  updateProductSchema,
} from "../models/requests.ts";
import { readExpectedVersions } from "./expected-versions.ts";

/** Each takes a request apart, and throws a 400 that names every field that is wrong. */

export function readListProducts({ query }: ApiRequest): ListProducts {
  return validate(listProductsSchema, query);
}

export function readProductId(request: ApiRequest): string {
  return validate(productIdSchema, request.pathParameter("productId"), "productId");
}

export function readCreateProduct(request: ApiRequest): {
  product: CreateProduct;
  idempotencyKey: string | undefined;
} {
  return {
    idempotencyKey: validate(
      idempotencyKeySchema,
      request.header("idempotency-key"),
      "Idempotency-Key",
    ),
    product: validate(createProductSchema, request.json()),
  };
}

export function readUpdateProduct(request: ApiRequest): {
  productId: string;
  changes: UpdateProduct;
  expected: Versions;
} {
  return {
    productId: readProductId(request),
    expected: readExpectedVersions(request),
    changes: validate(updateProductSchema, request.json()),
  };
}

export function readDeleteProduct(request: ApiRequest): {
  productId: string;
  expected: Versions;
} {
  return { productId: readProductId(request), expected: readExpectedVersions(request) };
}
