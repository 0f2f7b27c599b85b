import { describe, expect, it, onTestFinished } from "vitest";
import { withVariables } from "../../test/variables.ts";
import { awsError } from "./aws-error.ts";

/** As the SDK throws it. */
const thrown = (name: string, more: object = {}) =>
  Object.assign(new Error(`the message of ${name}`), { name, ...more });

describe("what a call to AWS came to", () => {
  it.each([
    ["CredentialsProviderError", "AWS_NO_CREDENTIALS", 77],
    ["ExpiredToken", "AWS_CREDENTIALS_EXPIRED", 77],
    ["ExpiredTokenException", "AWS_CREDENTIALS_EXPIRED", 77],
    ["RequestExpired", "AWS_CREDENTIALS_EXPIRED", 77],
    ["InvalidClientTokenId", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["UnrecognizedClientException", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["InvalidAccessKeyId", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["SignatureDoesNotMatch", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["InvalidSignatureException", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["AccessDenied", "AWS_NOT_ALLOWED", 77],
    ["AccessDeniedException", "AWS_NOT_ALLOWED", 77],
    ["UnauthorizedOperation", "AWS_NOT_ALLOWED", 77],
    ["TimeoutError", "AWS_UNREACHABLE", 69],
    ["InvalidToken", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["AuthFailure", "AWS_CREDENTIALS_UNKNOWN", 77],
    ["ThrottlingException", "AWS_THROTTLED", 69],
    ["TooManyRequestsException", "AWS_THROTTLED", 69],
    ["LimitExceededException", "AWS_THROTTLED", 69],
    ["SlowDown", "AWS_THROTTLED", 69],
    ["NoSuchBucket", "AWS_FAILED", 1],
    ["LogGroupLimitExceededException", "AWS_FAILED", 1],
  ])("is, for %s, %s", (name, code, exitCode) => {
    const cause = thrown(name);
    const error = awsError("look around", cause);
    expect(error).toMatchObject({ code, exitCode, cause });
    expect(error.message).toMatch(new RegExp(`\nTo look around: the message of ${name}$`));
    expect(error.fix).not.toBe("");
  });

  it.each(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT"])(
    "is that nobody answers, for Node.js's %s",
    (code) => {
      expect(awsError("look around", thrown("Error", { code }))).toMatchObject({
        code: "AWS_UNREACHABLE",
      });
    },
  );

  it("is that it is not allowed, where S3 was asked whether something is there, and says a number only", () => {
    const head = thrown("403", { $metadata: { httpStatusCode: 403 } });
    expect(awsError("look around", head)).toMatchObject({ code: "AWS_NOT_ALLOWED" });
  });

  it("is that AWS is at fault, where it says so by its status", () => {
    const broken = thrown("ServiceUnavailableException", { $metadata: { httpStatusCode: 503 } });
    expect(awsError("look around", broken)).toMatchObject({
      code: "AWS_UNAVAILABLE",
      exitCode: 69,
    });
  });

  it("is that credentials expired, although that is a 403 too", () => {
    const expired = thrown("ExpiredToken", { $metadata: { httpStatusCode: 403 } });
    expect(awsError("look around", expired)).toMatchObject({ code: "AWS_CREDENTIALS_EXPIRED" });
  });

  it("names the endpoint that does not answer, where it is not AWS's own", () => {
    const refused = thrown("Error", { code: "ECONNREFUSED" });
    setEndpoint("http://127.0.0.1:5000");
    expect(awsError("look around", refused).message).toMatch(
      /^AWS cannot be reached at http:\/\/127\.0\.0\.1:5000\.\n/,
    );
    setEndpoint(undefined);
    expect(awsError("look around", refused).message).toMatch(/^AWS cannot be reached\.\n/);
  });

  it.each(["a text", undefined, null, 7])("is a failure, whatever is thrown: %s", (cause) => {
    expect(awsError("look around", cause)).toMatchObject({
      code: "AWS_FAILED",
      message: expect.stringContaining(`To look around: ${cause}`),
    });
  });
});

function setEndpoint(endpoint: string | undefined): void {
  onTestFinished(withVariables({ AWS_ENDPOINT_URL: endpoint }));
}
