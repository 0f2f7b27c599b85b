import { describe, expect, it } from "vitest";
import { accessKeyOf } from "./callers.ts";
import { Callers } from "./index.ts";

describe("the credentials of a function", () => {
  const secret = Buffer.from("a secret of this test");

  it("have the form of AWS's temporary credentials", () => {
    expect(new Callers().credentialsOf("list")).toEqual({
      accessKeyId: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      sessionToken: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
    });
  });

  it("stay the same while the secret does, and are others for another function or secret", () => {
    const first = new Callers(secret).credentialsOf("list");
    expect(new Callers(secret).credentialsOf("list")).toEqual(first);
    const others = [new Callers(secret).credentialsOf("get"), new Callers().credentialsOf("list")];
    for (const other of others) {
      expect(other.accessKeyId).not.toBe(first.accessKeyId);
      expect(other.secretAccessKey).not.toBe(first.secretAccessKey);
      expect(other.sessionToken).not.toBe(first.sessionToken);
    }
  });

  it("lead back to the function, and those of nobody to nobody", () => {
    const callers = new Callers(secret);
    const { accessKeyId } = callers.credentialsOf("list");
    expect(callers.find(accessKeyId)).toEqual({ kind: "function", key: "list" });
    expect(callers.find("local")).toEqual({ kind: "owner" });
    expect(callers.find("ASIA0000000000000000")).toBeUndefined(); // not-a-secret: made up for a test
  });
});

describe("the access key", () => {
  it.each([
    [
      "AWS4-HMAC-SHA256 Credential=ASIA1/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
      "ASIA1",
    ],
    [
      "AWS4-HMAC-SHA256 SignedHeaders=host,Credential=ASIA1/20260101/eu-west-1/dynamodb/aws4_request",
      "ASIA1",
    ],
    ["Bearer token", ""],
    ["", ""],
  ])("of %o is %o", (authorization, accessKeyId) => {
    expect(accessKeyOf(authorization)).toBe(accessKeyId);
  });
});
