/** An error of the Lambda API, as AWS writes it. */
export class ApiError extends Error {
  readonly status: number;
  /** AWS's name for it; the header `x-amzn-ErrorType`. */
  readonly type: string;
  readonly body: Readonly<Record<string, string>>;

  constructor(status: number, type: string, body: Readonly<Record<string, string>>) {
    super(Object.values(body).join(" "));
    this.status = status;
    this.type = type;
    this.body = body;
  }
}

// AWS writes `Message` in some of them, and `message` in others.

export function functionNotFound(arn: string): ApiError {
  return notFound(`Function not found: ${arn}`);
}

export function notFound(message: string): ApiError {
  return new ApiError(404, "ResourceNotFoundException", { Message: message, Type: "User" });
}

/** A parameter's form is wrong. */
export function invalidForm(value: string, parameter: string, constraint: string): ApiError {
  const message = `1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: Member must satisfy ${constraint}`;
  return new ApiError(400, "ValidationException", { message });
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(400, "InvalidParameterValueException", { message, Type: "User" });
}

export function invalidContent(message: string): ApiError {
  return new ApiError(400, "InvalidRequestContentException", { message, Type: "User" });
}

/** The name is not that of AWS's API models, `RequestTooLargeException`: this is what AWS was seen to send. */
export function tooLarge(message: string): ApiError {
  return new ApiError(413, "RequestEntityTooLargeException", { Message: message, Type: "User" });
}

export function throttled(): ApiError {
  return new ApiError(429, "TooManyRequestsException", {
    message: "Rate Exceeded.",
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    Type: "User",
  });
}

export function serviceFailed(message: string): ApiError {
  return new ApiError(500, "ServiceException", { Message: message, Type: "Service" });
}

export function unknownOperation(asked: string): ApiError {
  return new ApiError(404, "UnknownOperationException", {
    message: `The local Lambda API does not have ${asked}. It has Invoke, ListFunctions, GetFunction and GetFunctionConfiguration.`,
  });
}

/** A page in a browser could otherwise start functions behind the back of whoever reads it. */
export function originRefused(origin: string): ApiError {
  return new ApiError(403, "AccessDeniedException", {
    Message: `The local Lambda API does not answer pages of ${origin}.`,
  });
}
