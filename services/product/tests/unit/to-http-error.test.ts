import { describe, expect, it } from "vitest";
import * as errors from "../../src/errors/product-errors.ts";
import { toHttpError } from "../../src/errors/to-http-error.ts";
import { ids } from "../sample-product.ts";

describe("the answer to each error of the service", () => {
  it.each([
    [new errors.ProductNotFoundError(ids.sample), 404, "productId"],
    [new errors.ProductChangedError(ids.sample), 412, "If-Match"],
    [new errors.NoFreeProductIdError(), 409, "productId"],
    [new errors.IdempotencyKeyReusedError(), 422, "Idempotency-Key"],
    [new errors.IdempotencyKeyBusyError(), 409, "Idempotency-Key"],
    [new errors.InvalidPageTokenError(), 400, "nextToken"],
  ])("%s has a status and names its field", (error, status, field) => {
    const answer = toHttpError(error);
    expect(answer?.status).toBe(status);
    expect(answer?.errors).toEqual([{ field, message: expect.any(String) }]);
  });

  it("knows nothing of other errors", () => {
    expect(toHttpError(new Error("anything"))).toBeUndefined();
    expect(toHttpError(new errors.ProductIdTakenError())).toBeUndefined();
  });

  it("answers every error that leaves a service", () => {
    const inner = ["ProductIdTakenError"];
    const known = Object.entries(errors).filter(([name]) => !inner.includes(name));
    for (const [, ErrorClass] of known) {
      expect(toHttpError(new ErrorClass(ids.sample))).toBeDefined();
    }
  });
});
