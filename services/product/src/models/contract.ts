import * as z from "zod";
import { productFields } from "./product-fields.ts";
import { productIdMeaning, productIdSchema } from "./product-id.ts";
import {
  activeSchema,
  createProductSchema,
  idempotencyKeySchema,
  listProductsSchema,
  updateProductSchema,
} from "./requests.ts";

/**
 * What callers are promised, for `service.ts`. No handler imports a value of this file, so nothing of it
 * ships with a function.
 */

const productId = productIdSchema.describe(productIdMeaning);

export const product = z
  .strictObject({
    productId,
    ...productFields,
    active: activeSchema.describe('A product that was deleted is "false".'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Product" });

/** A product as callers see it. */
export type ProductBody = z.output<typeof product>;

export const productList = z
  .strictObject({
    products: z.array(product).describe("Newest first."),
    count: z.int().min(0).describe("How many are on this page."),
    nextToken: z.string().optional().describe("For the next page. Absent on the last one."),
  })
  .meta({ id: "ProductList" });

export type ProductListBody = z.output<typeof productList>;

export const newProduct = createProductSchema.meta({ id: "NewProduct" });

export const productChanges = updateProductSchema.meta({
  id: "ProductChanges",
  description: "The fields that are left out stay as they are.",
  minProperties: 1,
});

export const productPath = z.object({ productId });

export const listQuery = z.object({
  limit: listProductsSchema.shape.limit.describe("How many to list: 1 to 100, or else 50."),
  nextToken: listProductsSchema.shape.nextToken.describe("From the page before, as it is."),
});

export const createHeaders = z.object({
  "Idempotency-Key": idempotencyKeySchema.describe(
    "The same key with the same product creates it once, however often it is sent in a day.",
  ),
});

export const changeHeaders = z.object({
  "If-Match": z
    .string()
    .optional()
    .describe("Entity tags, or *. The change is made only if the product has one of them."),
});

const entityTag = z
  .string()
  .regex(/^"\d+"$/)
  .describe("The product's version, for If-Match.");

export const productHeaders = z.object({ ETag: entityTag });

export const createdHeaders = z.object({
  ETag: entityTag,
  Location: z.string().describe("The path of the new product."),
});
