import { describe, expect, it } from "vitest";
import {
  type AwsPrincipal,
  evaluateTrust,
  PolicyError,
  type TrustCaller,
  type TrustPolicy,
  type TrustStatement,
  type WebIdentity,
} from "../index.ts";

const issuer = "token.actions.githubusercontent.com";
const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const subject = "repo:acme/shop:environment:prod";
const job: WebIdentity = {
  provider,
  subject,
  audience: "sts.amazonaws.com",
  claims: { ref: "refs/heads/main", repository_owner: "acme" },
};
const deployer: AwsPrincipal = {
  arn: "arn:aws:iam::222222222222:role/acme-deploy-shop-prod",
  accountId: "222222222222",
};

/** A statement is about GitHub's tokens, whatever they say, unless the case says so. */
const anyToken: TrustStatement = {
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: provider },
};
const anyRole = { Action: "sts:AssumeRole", Principal: { AWS: "222222222222" } };
const when = (operator: string, claim: string, value: string | boolean | string[]) => ({
  Condition: { [operator]: { [`${issuer}:${claim}`]: value } },
});
const from = (principal: object) => ({ ...anyRole, Principal: principal });

type Case = readonly [says: string, statement: Partial<TrustStatement>, caller: TrustCaller];

const allowing: readonly Case[] = [
  ["the same subject", when("StringEquals", "sub", subject), job],
  ["one of several subjects", when("StringEquals", "sub", ["repo:acme/x:ref:y", subject]), job],
  ["a subject that is like it", when("StringLike", "sub", "repo:acme/*:environment:prod"), job],
  ["a key in another case", when("StringEquals", "SUB", subject), job],
  ["a claim that AWS has a key for", when("StringEquals", "ref", "refs/heads/main"), job],
  ["a missing claim, with IfExists", when("StringEqualsIfExists", "sub", "x"), { provider }],
  [
    "a missing claim, with ForAllValues",
    when("ForAllValues:StringEquals", "sub", "x"),
    { provider },
  ],
  ["a missing claim, negated", when("StringNotEquals", "sub", "x"), { provider }],
  ["a missing claim, asked for with Null", when("Null", "sub", true), { provider }],
  ["a claim that is there, asked for with Null", when("Null", "sub", false), job],
  ["one value in a set of one", when("ForAnyValue:StringEquals", "sub", [subject, "x"]), job],
  [
    "a claim that AWS has no key for, with IfExists: as if it were missing",
    when("StringEqualsIfExists", "repository_owner", "someone-else"),
    job,
  ],
  ["every action of STS", { Action: "sts:*" }, job],
  ["one of several actions", { Action: ["sts:TagSession", "STS:assumerolewithwebidentity"] }, job],
  ["every action but another", { NotAction: "sts:AssumeRole" }, job],
  ["everybody", { Principal: "*" }, job],
  ["everybody, written as AWS", { Principal: { AWS: "*" } }, job],
  ["one of several providers", { Principal: { Federated: [`${provider}x`, provider] } }, job],
  ["an account, by its number", anyRole, deployer],
  ["an account, by its root", from({ AWS: "arn:aws:iam::222222222222:root" }), deployer],
  ["a role, by its ARN", from({ AWS: deployer.arn }), deployer],
  [
    "a role of an account, by a condition",
    { ...anyRole, Condition: { ArnLike: { "aws:PrincipalArn": [deployer.arn] } } },
    deployer,
  ],
  [
    "a principal of an account, by a condition",
    {
      ...from({ AWS: "*" }),
      Condition: { StringEquals: { "aws:PrincipalAccount": "222222222222" } },
    },
    deployer,
  ],
];

const refusing: readonly Case[] = [
  ["another subject", when("StringEquals", "sub", `${subject}x`), job],
  ["a subject in another case", when("StringEquals", "sub", subject.toUpperCase()), job],
  ["a star where the operator has no wildcards", when("StringEquals", "sub", "repo:*"), job],
  ["a missing claim", when("StringEquals", "sub", subject), { provider }],
  ["a missing claim, with wildcards", when("StringLike", "sub", "*"), { provider }],
  ["a missing claim, with ForAnyValue", when("ForAnyValue:StringEquals", "sub", "x"), { provider }],
  ["another claim, with IfExists", when("StringEqualsIfExists", "sub", "x"), job],
  ["another claim, with ForAllValues", when("ForAllValues:StringEquals", "sub", "x"), job],
  ["a claim that has to be missing", when("Null", "sub", true), job],
  ["a claim that AWS has no key for", when("StringEquals", "repository_owner", "acme"), job],
  [
    "a claim of GitHub's from another provider: AWS has keys for no other's",
    {
      Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/id.acme.com" },
      Condition: { StringEquals: { "id.acme.com:ref": "refs/heads/main" } },
    },
    { ...job, provider: "arn:aws:iam::111111111111:oidc-provider/id.acme.com" },
  ],
  [
    "one of two conditions",
    {
      Condition: {
        StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: "x" },
      },
    },
    job,
  ],
  ["another provider", {}, { ...job, provider: `${provider}/acme` }],
  ["a token where credentials are asked for", { Action: "sts:AssumeRole" }, job],
  ["every action but this", { NotAction: "sts:AssumeRole*" }, job],
  ["credentials where a token is asked for", { Principal: { AWS: "222222222222" } }, deployer],
  ["an account that is another's", from({ AWS: "333333333333" }), deployer],
  ["a role of the same name elsewhere", from({ AWS: deployer.arn.replaceAll("2", "3") }), deployer],
  ["a role whose name goes on", from({ AWS: `${deployer.arn}-2` }), deployer],
  ["a service of AWS's", from({ Service: "lambda.amazonaws.com" }), deployer],
  ["credentials of AWS as a provider's", from({ Federated: deployer.arn }), deployer],
];

const trust = (...statements: Partial<TrustStatement>[]): TrustPolicy => ({
  Version: "2012-10-17",
  Statement: statements.map((statement) => {
    const { Action: _, ...rest } = anyToken;
    return { ...(statement.NotAction === undefined ? anyToken : rest), ...statement };
  }),
});

describe("a trust policy", () => {
  it.each(allowing)("lets in: %s", (_, statement, caller) => {
    expect(evaluateTrust(trust(statement), caller).effect).toBe("allowed");
    const denial = { ...statement, Effect: "Deny" } as const;
    const open = { Principal: "*", Action: "*" } as const;
    expect(evaluateTrust(trust(open, denial), caller).effect).toBe("explicit-deny");
  });

  it.each(refusing)("refuses: %s", (_, statement, caller) => {
    expect(evaluateTrust(trust(statement), caller).effect).toBe("implicit-deny");
  });

  it("says which statement lets somebody in, and which denies", () => {
    const named = trust({ Principal: { AWS: "333333333333" } }, { Sid: "Jobs" });
    expect(evaluateTrust(named, job)).toEqual({
      effect: "allowed",
      by: { statement: 1, sid: "Jobs" },
    });
    const denied = trust({}, { Sid: "Never", Effect: "Deny", ...when("Null", "ref", false) });
    expect(evaluateTrust(denied, job)).toEqual({
      effect: "explicit-deny",
      by: { statement: 1, sid: "Never" },
    });
  });

  it("says of each statement that would allow it what does not fit", () => {
    const policy = trust(
      { ...when("StringEquals", "sub", "x"), Sid: "Jobs" },
      { ...anyRole, Sid: "People" },
      { Effect: "Deny", Principal: { AWS: "333333333333" } },
    );
    expect(evaluateTrust(policy, job)).toEqual({
      effect: "implicit-deny",
      unmet: [
        { statement: 0, sid: "Jobs", lacks: [`StringEquals ${issuer}:sub`] },
        { statement: 1, sid: "People", lacks: ["Principal", "Action"] },
      ],
    });
  });

  it.each([
    ["no principal", { Principal: undefined }, "Principal"],
    ["a text as a principal", { Principal: "222222222222" }, "Principal"],
    ["an unknown kind of principal", { Principal: { Aws: "*" } }, "Principal.Aws"],
    ["a wildcard in a name", from({ AWS: "arn:aws:iam::222222222222:role/*" }), "Principal.AWS"],
    ["any provider", { Principal: { Federated: "*" } }, "Principal.Federated"],
    ["a resource", { Resource: "*" }, "Resource"],
    ["everybody but some", { NotPrincipal: { AWS: "222222222222" } }, "NotPrincipal"],
    ["an unknown operator", when("StringsEqual", "sub", "x"), "Condition"],
  ])("is no trust policy with %s", (_, statement, place) => {
    const policy = trust(statement as Partial<TrustStatement>);
    const at = expect.stringMatching(new RegExp(`^trust\\.Statement\\[0\\]\\.${place}`));
    expect(() => evaluateTrust(policy, job)).toThrow(expect.objectContaining({ at }));
    expect(() => evaluateTrust(policy, job)).toThrow(PolicyError);
  });
});
