import { describe, expect, it } from "vitest";
import { signatureRefusal } from "./signature.ts";

const whole =
  "AWS4-HMAC-SHA256 Credential=AKID/20261127/eu-west-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=0a1b";

describe("a call to a route for IAM's callers", () => {
  it("goes on where it is signed", () => {
    expect(signatureRefusal(whole, true)).toBeUndefined();
    expect(signatureRefusal(whole.replaceAll(", ", ","), true)).toBeUndefined();
  });

  it("is without a token where it is not", () => {
    for (const none of [undefined, ""]) {
      expect(signatureRefusal(none, true)?.body).toBe('{"message":"Missing Authentication Token"}');
    }
  });

  it("is told what its signature lacks, and never what it has sent", () => {
    const answer = signatureRefusal("Bearer secret", false);
    expect(answer?.status).toBe(403);
    expect(answer?.body).toContain("requires 'Credential' parameter");
    expect(answer?.body).toContain("'X-Amz-Date'");
    expect(answer?.body).not.toContain("secret");
    expect(signatureRefusal(whole.replace(/Signature=\w+/, "Signature="), true)?.body).toBe(
      `{"message":"Authorization header requires 'Signature' parameter."}`,
    );
    expect(signatureRefusal(whole.replace("AWS4-HMAC-SHA256", "Bearer"), true)?.status).toBe(403);
  });
});
