import { HttpError, ValidationError } from "lambdakit/runtime";
import {
  IdempotencyKeyBusyError,
  IdempotencyKeyReusedError,
  InvalidPageTokenError,
  NoFreeProductIdError,
  ProductChangedError,
  ProductNotFoundError,
} from "./product-errors.ts";

/** The answer to each error of this service; undefined for an error that is not its own. */
export function toHttpError(error: unknown): HttpError | undefined {
  if (error instanceof ProductNotFoundError) {
    return answer(404, error.message, "productId", "no product has this id");
  }
  if (error instanceof ProductChangedError) {
    return answer(412, error.message, "If-Match", "is not the product's current entity tag");
  }
  if (error instanceof NoFreeProductIdError) {
    return answer(409, "No product id was free. Try again.", "productId", "could not be assigned");
  }
  if (error instanceof IdempotencyKeyReusedError) {
    const message = "was used before, with another body";
    return answer(422, "This key belongs to another request.", "Idempotency-Key", message);
  }
  if (error instanceof IdempotencyKeyBusyError) {
    const message = "is being used by another request";
    return answer(409, "Try again in a moment.", "Idempotency-Key", message);
  }
  if (error instanceof InvalidPageTokenError) {
    const message = "is not a token of this list; start again without it";
    return new ValidationError([{ field: "nextToken", message }]);
  }
  return undefined;
}

function answer(status: number, detail: string, field: string, message: string): HttpError {
  return new HttpError(status, detail, { errors: [{ field, message }] });
}
