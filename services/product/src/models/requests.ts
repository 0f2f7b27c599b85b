import * as z from "zod";
import { newProductFields, productFields } from "./product-fields.ts";

// Zod writes and compiles code for each schema otherwise: half a millisecond of a cold start, which half a
// microsecond less for each request earns back after a thousand.
z.config({ jitless: true });

/** What a caller may send. Unknown fields are refused, so nobody can write a key or a time stamp. */

export const activeSchema = z.enum(["true", "false"], { error: 'has to be "true" or "false"' });

const isObject = { error: "has to be a JSON object" };

export const createProductSchema = z.strictObject(newProductFields, isObject);

export const updateProductSchema = z
  .strictObject({ ...productFields, active: activeSchema }, isObject)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "has to change at least one field");

export type CreateProduct = z.output<typeof createProductSchema>;
/** The fields to change; the others stay as they are. */
export type UpdateProduct = z.output<typeof updateProductSchema>;

const maxPageSize = 100;

export const listProductsSchema = z.object({
  limit: z
    .string()
    .regex(/^\d{1,9}$/, `has to be a number from 1 to ${maxPageSize}`)
    .transform(Number)
    .refine(
      (limit) => limit >= 1 && limit <= maxPageSize,
      `has to be a number from 1 to ${maxPageSize}`,
    )
    .default(50),
  nextToken: z.string().min(1, "must not be empty").optional(),
});

export type ListProducts = z.output<typeof listProductsSchema>;

/** @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, "has to be 1 to 255 visible ASCII characters")
  .optional();
