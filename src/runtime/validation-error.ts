import { type FieldError, HttpError } from "./http-error.ts";

/** The answer to a request that is wrong in itself: 400, with every field that is. It counts as `ValidationFailures`. */
export class ValidationError extends HttpError {
  /** @param cause goes to the log, and never to the caller */
  constructor(errors: readonly FieldError[], cause?: unknown) {
    super(400, "The request is not valid.", { errors, cause });
  }
}
