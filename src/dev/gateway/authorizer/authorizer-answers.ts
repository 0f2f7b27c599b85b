/**
 * The answers to callers who are not let in. The texts are those that API Gateway was seen to give; they
 * stand in `message`, since that is what the service's gateway responses say.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html (2026-11-27)
 */
import { type Answer, gatewayAnswer } from "../answer.ts";

/** No token, or one that the authorizer does not believe: the service's gateway response says what to come with. */
export const unauthorized = withChallenge(
  gatewayAnswer(401, "UnauthorizedException", '{"message":"Unauthorized"}'),
);

/** The authorizer's policy says nothing of this method and path. */
export const notAllowed = gatewayAnswer(
  403,
  "AccessDeniedException",
  '{"message":"User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action"}',
);

/** The authorizer's policy denies it. */
export const denied = gatewayAnswer(
  403,
  "AccessDeniedException",
  '{"message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
);

/** The authorizer threw something else than `Unauthorized`, ran out of time, or returned no policy. */
export const authorizerMisconfigured = gatewayAnswer(
  500,
  "AuthorizerConfigurationException",
  '{"message":null}',
);

/** The authorizer could not be asked: as many of it run as may. */
export const authorizerFailed = gatewayAnswer(
  500,
  "AuthorizerFailureException",
  '{"message":null}',
);

/** A route for IAM's callers, and no signature. */
export const unsigned = gatewayAnswer(
  403,
  "MissingAuthenticationTokenException",
  '{"message":"Missing Authentication Token"}',
);

/** @param message what the signature lacks, in AWS's words */
export function incompleteSignature(message: string): Answer {
  return gatewayAnswer(403, "IncompleteSignatureException", JSON.stringify({ message }));
}

function withChallenge(answer: Answer): Answer {
  return { ...answer, headers: [...answer.headers, ["WWW-Authenticate", "Bearer"]] };
}
