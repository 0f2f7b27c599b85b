import { type ErrorCode, LambdakitError } from "../errors/index.ts";
import { unknownCredentials } from "./refusing-region.ts";

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html (2026-11-26) */
const expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
const unknown = [...unknownCredentials, "SignatureDoesNotMatch", "InvalidSignatureException"];
const throttled =
  /Throttl|TooManyRequests|RequestLimitExceeded|^LimitExceededException$|^SlowDown$/;
/** What Node.js calls it where nobody answers. */
const unreachable = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT"];

/**
 * What a call to AWS came to, in words that lead on: AWS_NO_CREDENTIALS, AWS_CREDENTIALS_EXPIRED,
 * AWS_CREDENTIALS_UNKNOWN, AWS_REGION_NOT_ENABLED, AWS_UNREACHABLE, AWS_THROTTLED, AWS_UNAVAILABLE,
 * AWS_NOT_ALLOWED or AWS_FAILED.
 *
 * @param what was to be done, such as `look whose credentials these are`
 * @param refusing the region, where `refusingRegion` says that the account has not enabled it
 */
export function awsError(what: string, cause: unknown, refusing?: string): LambdakitError {
  const { name = "", message = String(cause), code = "", $metadata } = Object(cause);
  const { error, text, fix } = explain(name, code, Object($metadata).httpStatusCode, refusing);
  return new LambdakitError(error, { message: `${text}\nTo ${what}: ${message}`, fix, cause });
}

function explain(
  name: string,
  code: string,
  status: number | undefined,
  refusing: string | undefined,
): { error: ErrorCode; text: string; fix: string } {
  if (refusing !== undefined) {
    return {
      error: "AWS_REGION_NOT_ENABLED",
      text: `The account has not enabled the region ${refusing}: AWS knows these credentials elsewhere, and not there.`,
      fix: `aws account enable-region --region-name ${refusing}; where it is enabled: get the credentials from STS in a region, AWS_STS_REGIONAL_ENDPOINTS=regional`,
    };
  }
  if (name === "CredentialsProviderError") {
    return {
      error: "AWS_NO_CREDENTIALS",
      text: "There are no AWS credentials.",
      fix: "aws sso login, then set AWS_PROFILE; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    };
  }
  if (expired.includes(name)) {
    return {
      error: "AWS_CREDENTIALS_EXPIRED",
      text: "The AWS credentials have expired.",
      fix: "aws sso login, or get new ones from where these came",
    };
  }
  if (unknown.includes(name)) {
    return {
      error: "AWS_CREDENTIALS_UNKNOWN",
      text: "AWS does not know these credentials.",
      fix: "aws sts get-caller-identity, and correct AWS_PROFILE or the keys",
    };
  }
  if (unreachable.includes(code) || name === "TimeoutError") {
    const { AWS_ENDPOINT_URL: endpoint } = process.env;
    return {
      error: "AWS_UNREACHABLE",
      text: `AWS cannot be reached${endpoint === undefined ? "" : ` at ${endpoint}`}.`,
      fix: "check the network, the region and AWS_ENDPOINT_URL, and run the command again",
    };
  }
  if (throttled.test(name)) {
    return {
      error: "AWS_THROTTLED",
      text: "AWS was asked too often, by this command and others of the account.",
      fix: "run the command again in a minute",
    };
  }
  if (status !== undefined && status >= 500) {
    return {
      error: "AWS_UNAVAILABLE",
      text: `AWS could not answer: ${name}.`,
      fix: "run the command again; https://health.aws.amazon.com says whether others have that, too",
    };
  }
  // S3 says no more than 403 where it was only asked whether something is there.
  if (status === 403 || /AccessDenied|Forbidden|UnauthorizedOperation/.test(name)) {
    return {
      error: "AWS_NOT_ALLOWED",
      text: "These credentials are not allowed to do that.",
      fix: "use a role that may, such as the account's deploy role",
    };
  }
  return {
    error: "AWS_FAILED",
    text: `AWS answered with the error ${name}.`,
    fix: "run the command again",
  };
}
