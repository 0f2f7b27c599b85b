/**
 * The answers that API Gateway makes itself. Each stands as AWS was seen to write it, with the space
 * after the colon in those that tell of the integration.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import { type Answer, gatewayAnswer } from "./answer.ts";

/** No such route, or not with this method. */
export const missingRoute = gatewayAnswer(
  403,
  "MissingAuthenticationTokenException",
  '{"message":"Missing Authentication Token"}',
);

/** The function failed, or answered something that is not an answer. */
export const functionFailed = gatewayAnswer(
  502,
  "InternalServerErrorException",
  '{"message": "Internal server error"}',
);

/** The API names a function that is not there, or cannot read the function's base64. */
export const badConfiguration = gatewayAnswer(
  500,
  "InternalServerErrorException",
  '{"message": "Internal server error"}',
);

/** The function takes longer than API Gateway waits. It goes on all the same. */
export const integrationTimedOut = gatewayAnswer(
  504,
  "InternalServerErrorException",
  '{"message": "Endpoint request timed out"}',
);

/**
 * As many invocations run as may. API Gateway itself has 500 here, with a body that says nothing; its
 * own throttling answers as this does, and tells the caller what to do: come back later.
 */
export const tooManyRequests = gatewayAnswer(
  429,
  "TooManyRequestsException",
  '{"message":"Too Many Requests"}',
);

/** The request's body is larger than API Gateway takes. The only answer that is plain text. */
export const bodyTooLarge: Answer = {
  status: 413,
  headers: [["Content-Type", "text; charset=utf-8"]],
  body: "HTTP content length exceeded 10485760 bytes.",
};

/** The event would be larger than Lambda takes. */
export const eventTooLarge = gatewayAnswer(
  413,
  "BadRequestException",
  '{"message": "Request Too Long"}',
);

export const headersTooLarge = gatewayAnswer(
  431,
  "BadRequestException",
  '{"message":"Request Header Fields Too Large"}',
);

export const badRequest = gatewayAnswer(400, "BadRequestException", '{"message":"Bad Request"}');

/** The caller began a request and does not end it. */
export const requestTimedOut = gatewayAnswer(
  408,
  "RequestTimeoutException",
  '{"message":"Request Timeout"}',
);

/** An `Expect` that is not `100-continue`. */
export const expectationFailed = gatewayAnswer(
  417,
  "BadRequestException",
  '{"message":"Expectation Failed"}',
);

/** The local service is ending, and starts nothing more. */
export const unavailable = gatewayAnswer(
  503,
  "ServiceUnavailableException",
  '{"message":"Service Unavailable"}',
);

/** A fault of ours, and not of the service: the answer says so. */
export function internalFailure(error: unknown): Answer {
  const message = `This is a bug in lambdakit. ${String(error)}`;
  return gatewayAnswer(500, "InternalFailure", JSON.stringify({ message }));
}
