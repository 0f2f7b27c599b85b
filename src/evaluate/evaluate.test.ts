import { describe, expect, it } from "vitest";
import { allowAll, anyRequest } from "../../test/policy-cases.ts";
import { evaluatePolicies, type PolicyDocument, preparePolicies } from "./index.ts";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html

const version = "2012-10-17";
const allowGet: PolicyDocument = {
  Version: version,
  Statement: { Sid: "Get", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
};
const denyGet: PolicyDocument = {
  Version: version,
  Statement: [
    { Effect: "Allow", Action: "s3:List*", Resource: "*" },
    { Sid: "NoGet", Effect: "Deny", Action: "s3:GetObject", Resource: "*" },
  ],
};
const allowPut: PolicyDocument = {
  Version: version,
  Statement: { Effect: "Allow", Action: "s3:PutObject", Resource: "*" },
};

const first = { in: "policies", policy: 0, statement: 0 } as const;

describe("evaluatePolicies", () => {
  it("denies implicitly where there is no policy", () => {
    expect(evaluatePolicies([], anyRequest)).toEqual({
      effect: "implicit-deny",
      unallowedBy: "policies",
    });
  });

  it("denies implicitly where no statement speaks of the request", () => {
    expect(evaluatePolicies([allowPut], anyRequest).effect).toBe("implicit-deny");
  });

  it("denies implicitly where only Deny statements are, and none speaks of the request", () => {
    const policy = { Statement: { Effect: "Deny", Action: "sqs:*", Resource: "*" } } as const;
    expect(evaluatePolicies([policy], anyRequest).effect).toBe("implicit-deny");
  });

  it("allows what one statement allows, and says which", () => {
    expect(evaluatePolicies([allowPut, allowGet], anyRequest)).toEqual({
      effect: "allowed",
      by: { in: "policies", policy: 1, statement: 0, sid: "Get" },
    });
  });

  it("names the first of several statements that allow", () => {
    expect(evaluatePolicies([allowAll, allowGet], anyRequest)).toEqual({
      effect: "allowed",
      by: { ...first, sid: null },
    });
  });

  it("denies what one statement denies, whatever allows it, and says which", () => {
    const denied = { effect: "explicit-deny" } as const;
    expect(evaluatePolicies([allowAll, denyGet, allowGet], anyRequest)).toEqual({
      ...denied,
      by: { in: "policies", policy: 1, statement: 1, sid: "NoGet" },
    });
    expect(evaluatePolicies([denyGet], anyRequest)).toMatchObject(denied);
  });

  it("asks action, resource and condition of one and the same statement", () => {
    const Statement = [
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::other/*" },
      { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::bucket/*" },
    ] as const;
    expect(evaluatePolicies([{ Statement }], anyRequest).effect).toBe("implicit-deny");
  });

  it("takes a policy without Version for one of 2008-10-17, which has no variables", () => {
    const Statement = {
      Effect: "Allow",
      Action: "*",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how policies write variables.
      Resource: "arn:aws:s3:::bucket/${aws:username}",
    } as const;
    const asked = {
      ...anyRequest,
      resource: "arn:aws:s3:::bucket/bob",
      context: { "aws:username": "bob" },
    };
    expect(evaluatePolicies([{ Statement }], asked).effect).toBe("implicit-deny");
    expect(evaluatePolicies([{ Version: version, Statement }], asked).effect).toBe("allowed");
  });

  it("takes each policy by its own version", () => {
    const old = { ...allowGet, Version: "2008-10-17" };
    expect(evaluatePolicies([old, denyGet], anyRequest).effect).toBe("explicit-deny");
  });
});

describe("A permissions boundary", () => {
  const withBoundary = (policies: PolicyDocument[], ...boundaries: PolicyDocument[]) =>
    evaluatePolicies(policies, anyRequest, { boundaries });

  it("lets through what it allows too", () => {
    expect(withBoundary([allowGet], allowAll)).toEqual({
      effect: "allowed",
      by: { ...first, sid: "Get" },
    });
  });

  it("denies implicitly what it does not allow", () => {
    expect(withBoundary([allowAll], allowPut)).toEqual({
      effect: "implicit-deny",
      unallowedBy: "boundaries",
    });
  });

  it("gives nothing by itself", () => {
    expect(withBoundary([allowPut], allowAll)).toEqual({
      effect: "implicit-deny",
      unallowedBy: "policies",
    });
  });

  it("denies explicitly what it denies", () => {
    expect(withBoundary([allowAll], denyGet)).toEqual({
      effect: "explicit-deny",
      by: { in: "boundaries", policy: 0, statement: 1, sid: "NoGet" },
    });
  });

  it("does not take away an explicit deny of the policies", () => {
    expect(withBoundary([denyGet], allowAll).effect).toBe("explicit-deny");
  });

  it("allows nothing where it is there and empty", () => {
    expect(withBoundary([allowAll])).toMatchObject({ unallowedBy: "boundaries" });
  });

  it("is not there where it is not given", () => {
    expect(evaluatePolicies([allowAll], anyRequest, { boundaries: undefined }).effect).toBe(
      "allowed",
    );
  });
});

describe("preparePolicies", () => {
  it("reads the policies once, and keeps nothing of one request for the next", () => {
    const decide = preparePolicies([allowGet]);
    const put = { ...anyRequest, action: "s3:PutObject" };
    const effects = [anyRequest, put, anyRequest].map((request) => decide(request).effect);
    expect(effects).toEqual(["allowed", "implicit-deny", "allowed"]);
  });

  it("does not notice what is done to a document afterwards", () => {
    const statement = { Effect: "Allow" as const, Action: ["s3:GetObject"], Resource: "*" };
    const decide = preparePolicies([{ Statement: statement }]);
    statement.Action[0] = "s3:PutObject";
    expect(decide(anyRequest).effect).toBe("allowed");
  });

  it("refuses a document at once, before any request", () => {
    const broken = { Statement: [] };
    expect(() => preparePolicies([broken])).toThrow("no statement");
    expect(() => preparePolicies([allowAll], { boundaries: [broken] })).toThrow("no statement");
  });
});
