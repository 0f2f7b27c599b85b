/** What is wrong with one field, header or parameter of a request. */
export interface FieldError {
  /** A path such as `features[2]`, a header's name, or `body`. */
  readonly field: string;
  readonly message: string;
}

export interface HttpErrorOptions {
  /** One entry for each field that is wrong. */
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes to the log, and never to the caller. */
  readonly cause?: unknown;
}

/** An answer that is not a success. Its message and its errors are for the caller to read. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    { errors = [], headers = {}, cause }: HttpErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}
