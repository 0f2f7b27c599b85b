import * as z from "zod";

/** What a caller may send. Unknown fields are refused, so nobody can write a key or a time stamp. */

const text = (maxLength: number, minLength = 1) =>
  z
    .string({ error: requiredOr("has to be a text") })
    .min(minLength, "must not be empty")
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(isPlainText, "must not contain control characters or broken Unicode");

const price = z
  .string({ error: requiredOr('has to be a text such as "99.99", so that no digit is lost') })
  .regex(
    /^(?:0|[1-9]\d{0,17})(?:\.\d{1,8})?$/,
    'has to be a decimal such as "99.99": at most 18 digits before the point and 8 after it',
  )
  .describe("An exact decimal, as a text, so that no digit is lost.");

const currency = z
  .string({ error: requiredOr("has to be a text") })
  .refine(isCurrency, "has to be an ISO 4217 code, such as ZAR")
  .describe("ISO 4217, such as ZAR.");

export const productFields = {
  name: text(200),
  description: text(2000, 0),
  price,
  currency,
  period: text(50),
  features: z
    .array(text(200), { error: "has to be a list of texts" })
    .max(50, "must not have more than 50 entries"),
};

export const activeSchema = z.enum(["true", "false"], { error: 'has to be "true" or "false"' });

const isObject = { error: "has to be a JSON object" };

export const createProductSchema = z.strictObject(
  { ...productFields, features: productFields.features.default([]) },
  isObject,
);

export const updateProductSchema = z
  .strictObject({ ...productFields, active: activeSchema }, isObject)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "has to change at least one field");

export type CreateProduct = z.output<typeof createProductSchema>;
/** The fields to change; the others stay as they are. */
export type UpdateProduct = z.output<typeof updateProductSchema>;

export const productIdSchema = z
  .string()
  .regex(/^PROD-[0-9A-Z]{6}$/, "has to be PROD- and six of 0-9 and A-Z");

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

function requiredOr(message: string) {
  return ({ input }: { input?: unknown }) => (input === undefined ? "is required" : message);
}

/** DynamoDB stores UTF-8: half of a surrogate pair would silently become another character. */
function isPlainText(value: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(value.replace(/[\t\n\r]/g, ""));
}

let currencies: Set<string> | undefined;

/** The runtime's own list, which is kept up to date with the runtime. */
function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf("currency"));
  return currencies.has(code);
}
