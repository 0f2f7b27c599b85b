// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how policies write variables.
import { describe, expect, it } from "vitest";
import { evaluatePolicies, type PolicyDocument, PolicyError, preparePolicies } from "./index.ts";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const document = (Statement: unknown) => ({ Version: "2012-10-17", Statement });
const statement = (elements: object) => document([{ ...everything, ...elements }]);
const condition = (operator: string, value: unknown, key = "aws:k") =>
  statement({ Condition: { [operator]: { [key]: value } } });
const place = "policies[0].Statement[0]";

function refusal(policy: unknown): PolicyError {
  try {
    preparePolicies([policy as PolicyDocument]);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error("It was accepted.");
}

describe("PolicyError", () => {
  it("says what is wrong, where, and what to write", () => {
    expect(refusal(condition("StringEqual", "a"))).toMatchObject({
      code: "POLICY_INVALID",
      message: "There is no condition operator StringEqual.",
      at: `${place}.Condition.StringEqual.aws:k`,
      fix: "use StringEquals",
    });
  });

  it("guesses what was meant only where something is near", () => {
    expect(refusal(statement({ Actoin: "*" })).fix).toBe("use Action");
    expect(refusal(statement({ Foo: "*" })).fix).toMatch(/^use one of Sid, Effect, Action/);
    expect(refusal(condition("NullIfExists", "true")).fix).toBe("use Null");
    expect(refusal(condition("Contains", "a")).fix).toBe("use one of IAM's condition operators");
  });

  it("counts policies, boundaries and statements from 0", () => {
    const good = document(everything) as PolicyDocument;
    const bad = document([everything, {}]) as PolicyDocument;
    expect(() => preparePolicies([good, bad])).toThrow(
      expect.objectContaining({ at: "policies[1].Statement[1]" }),
    );
    expect(() => preparePolicies([good], { boundaries: [bad] })).toThrow(
      expect.objectContaining({ at: "boundaries[0].Statement[1]" }),
    );
    expect(refusal(document({}))).toMatchObject({ at: "policies[0].Statement" });
  });

  it("comes before any decision, even where another policy would decide", () => {
    const request = { action: "s3:GetObject", resource: "*", context: {} };
    const deny = document({ ...everything, Effect: "Deny" }) as PolicyDocument;
    expect(() => evaluatePolicies([deny, document([]) as PolicyDocument], request)).toThrow(
      PolicyError,
    );
  });
});

type Refused = readonly [says: string, policy: unknown, message: string, at: string];

const ofTheDocument: readonly Refused[] = [
  ["no object", "{}", "no object", "policies[0]"],
  ["null", null, "null is no object", "policies[0]"],
  ["a list", [], "no object", "policies[0]"],
  ["nothing", undefined, "undefined is no object", "policies[0]"],
  [
    "an unknown version",
    { Version: "2012-10-18", Statement: everything },
    "2012-10-18",
    "policies[0].Version",
  ],
  [
    "an unknown element",
    { ...document(everything), Statements: [] },
    "Statements",
    "policies[0].Statements",
  ],
  ["an Id that is no text", { ...document(everything), Id: 1 }, "Id is 1", "policies[0].Id"],
  ["no Statement", { Version: "2012-10-17" }, "no statement", "policies[0].Statement"],
  ["an empty list of statements", document([]), "no statement", "policies[0].Statement"],
  ["a statement that is no object", document(["Allow"]), '"Allow" is no object', place],
  [
    "one Sid twice",
    document([
      { ...everything, Sid: "A" },
      { ...everything, Sid: "A" },
    ]),
    "Sid A",
    "policies[0].Statement",
  ],
];

const ofElements: readonly Refused[] = [
  ["no Effect", document([{ Action: "*", Resource: "*" }]), "no Effect", `${place}.Effect`],
  ["an Effect in another case", statement({ Effect: "allow" }), '"allow"', `${place}.Effect`],
  ["an unknown element", statement({ Actions: "*" }), "Actions", `${place}.Actions`],
  ["Principal", statement({ Principal: "*" }), "Principal belongs", `${place}.Principal`],
  [
    "NotPrincipal",
    statement({ NotPrincipal: "*" }),
    "NotPrincipal belongs",
    `${place}.NotPrincipal`,
  ],
  ["a Sid with a space", statement({ Sid: "a b" }), '"a b"', `${place}.Sid`],
  ["a Sid that is no text", statement({ Sid: 1 }), "Sid is 1", `${place}.Sid`],
  [
    "neither Action nor NotAction",
    document([{ Effect: "Allow", Resource: "*" }]),
    "neither Action",
    place,
  ],
  ["both Action and NotAction", statement({ NotAction: "s3:*" }), "both Action", place],
  [
    "neither Resource nor NotResource",
    document([{ Effect: "Allow", Action: "*" }]),
    "neither Resource",
    place,
  ],
  ["both Resource and NotResource", statement({ NotResource: "*" }), "both Resource", place],
  ["an empty list of actions", statement({ Action: [] }), "empty", `${place}.Action`],
  ["an empty list of resources", statement({ Resource: [] }), "empty", `${place}.Resource`],
  [
    "an action that is no text",
    statement({ Action: ["s3:*", 1] }),
    "1 is no text",
    `${place}.Action`,
  ],
  [
    "a resource that is no text",
    statement({ Resource: null }),
    "null is no text",
    `${place}.Resource`,
  ],
];

const ofActions: readonly Refused[] = [
  ["without a service", statement({ Action: "GetObject" }), '"GetObject"', `${place}.Action`],
  ["without a name", statement({ Action: "s3:" }), '"s3:"', `${place}.Action`],
  ["with two colons", statement({ Action: "s3:Get:Object" }), "Get:Object", `${place}.Action`],
  [
    "with a wildcard in the service",
    statement({ Action: "s*:GetObject" }),
    "s*",
    `${place}.Action`,
  ],
  ["that are empty", statement({ Action: "" }), '""', `${place}.Action`],
  ["with a variable", statement({ Action: "s3:${aws:username}" }), "variable", `${place}.Action`],
  ["with a special character", statement({ Action: "s3:Get${*}" }), "no action", `${place}.Action`],
];

const ofResources: readonly Refused[] = [
  ["that are no ARN", statement({ Resource: "bucket/*" }), "no ARN", `${place}.Resource`],
  ["that are empty", statement({ Resource: "" }), "no ARN", `${place}.Resource`],
  [
    "with a wildcard instead of arn",
    statement({ Resource: "*:aws:s3:::a" }),
    "no ARN",
    `${place}.Resource`,
  ],
  ["without a partition", statement({ Resource: "arn::s3:::a" }), "partition", `${place}.Resource`],
  [
    "of another partition",
    statement({ Resource: "arn:azure:s3:::a" }),
    '"azure"',
    `${place}.Resource`,
  ],
  [
    "of every service",
    statement({ Resource: "arn:aws:*:::a" }),
    "one service",
    `${place}.Resource`,
  ],
  [
    "with a wildcard in the service",
    statement({ Resource: "arn:aws:s?:::a" }),
    "one service",
    `${place}.Resource`,
  ],
  ["without a service", statement({ Resource: "arn:aws" }), "one service", `${place}.Resource`],
  [
    "that lack one colon",
    statement({ Resource: "arn:aws:s3::bucket" }),
    "lacks a segment",
    `${place}.Resource`,
  ],
  [
    "with a variable before the fifth colon",
    statement({ Resource: "arn:aws:iam::${aws:PrincipalAccount}:role/x" }),
    "before its fifth colon",
    `${place}.Resource`,
  ],
  [
    "that are excepted, too",
    document([{ Effect: "Deny", Action: "*", NotResource: "a" }]),
    "no ARN",
    `${place}.NotResource`,
  ],
];

const ofVariables: readonly Refused[] = [
  [
    "without a closing brace",
    statement({ Resource: "arn:aws:s3:::${aws:username" }),
    "closing brace",
    `${place}.Resource`,
  ],
  ["without a name", statement({ Resource: "arn:aws:s3:::${}" }), "malformed", `${place}.Resource`],
  [
    "with a space in the name",
    statement({ Resource: "arn:aws:s3:::${aws: username}" }),
    "malformed",
    `${place}.Resource`,
  ],
  [
    "with a default without quotes",
    statement({ Resource: "arn:aws:s3:::${aws:username, x}" }),
    "malformed",
    `${place}.Resource`,
  ],
  [
    "with a default that lacks a quote",
    statement({ Resource: "arn:aws:s3:::${aws:username, 'x}" }),
    "malformed",
    `${place}.Resource`,
  ],
  [
    "in a condition, too",
    condition("StringEquals", "${"),
    "closing brace",
    `${place}.Condition.StringEquals.aws:k`,
  ],
];

const inCondition = (operator: string, key = "aws:k") => `${place}.Condition.${operator}.${key}`;
const refusedValues: readonly (readonly [operator: string, value: unknown, message: string])[] = [
  ["NumericEquals", "ten", '"ten" is no number'],
  ["NumericEquals", "", '"" is no number'],
  ["NumericLessThan", "${aws:username}", "no number"],
  ["NumericLessThanIfExists", "0x10", "no number"],
  ["DateEquals", "tomorrow", '"tomorrow" is no date'],
  ["DateLessThan", "2020-13-01", "no date"],
  ["DateLessThan", "2020-01-01 12:00:00Z", "no date"],
  ["Bool", "yes", '"yes" is no boolean'],
  ["Null", "maybe", '"maybe" is no boolean'],
  ["BinaryEquals", "a b", "not base64"],
  ["BinaryEquals", "YWFhY", "not base64"],
  ["IpAddress", "203.0.113.0/33", "no IP address"],
  ["IpAddress", "2001:db8::/129", "no IP address"],
  ["NotIpAddress", "203.0.113.*", "no IP address"],
  ["ForAnyValue:NumericEquals", ["1", "two"], '"two" is no number'],
  ["StringEquals", null, "null is no value"],
  ["StringEquals", ["a", {}], "{} is no value"],
  ["stringEquals", "a", "no condition operator stringEquals"],
  ["NullIfExists", "true", "no condition operator NullIfExists"],
  ["ForSomeValues:StringEquals", "a", "no condition operator ForSomeValues:StringEquals"],
  ["Contains", "a", "no condition operator Contains"],
];

const ofConditions: readonly Refused[] = [
  ["no object", statement({ Condition: "a" }), "no object", `${place}.Condition`],
  [
    "an operator without keys",
    statement({ Condition: { Bool: "true" } }),
    "no object",
    `${place}.Condition.Bool`,
  ],
  [
    "one key in two cases",
    statement({ Condition: { StringEquals: { "aws:k": "a", "AWS:K": "b" } } }),
    "twice",
    inCondition("StringEquals", "AWS:K"),
  ],
  ...refusedValues.map(
    ([operator, value, message]): Refused => [
      `${operator} with ${JSON.stringify(value)}`,
      condition(operator, value),
      message,
      inCondition(operator),
    ],
  ),
];

describe.each([
  ["a document with", ofTheDocument],
  ["a statement with", ofElements],
  ["actions", ofActions],
  ["resources", ofResources],
  ["variables", ofVariables],
  ["a condition with", ofConditions],
])("Refused: %s", (_of, cases) => {
  it.each(cases)("%s", (_says, policy, message, at) => {
    const error = refusal(policy);
    expect(error.message).toContain(message);
    expect(error.at).toBe(at);
    expect(error.fix).not.toBe("");
  });
});

describe("Accepted", () => {
  it.each<[string, unknown]>([
    ["an Id", { ...document(everything), Id: "cd3ad3d9" }],
    [
      "an empty Sid, more than once",
      document([
        { ...everything, Sid: "" },
        { ...everything, Sid: "" },
      ]),
    ],
    ["one Sid in two policies", statement({ Sid: "A" })],
    [
      "OIDC keys, whose service has slashes",
      condition("StringEquals", "a", "oidc.eks.eu-west-1.amazonaws.com/id/A:sub"),
    ],
    [
      "ARNs of other partitions",
      statement({ Resource: ["arn:aws-cn:s3:::a", "arn:aws-us-gov:s3:::a"] }),
    ],
    [
      "a $ and braces in a policy without variables",
      { Statement: { ...everything, Resource: "arn:aws:s3:::${a" } },
    ],
    ["a condition key that no service has", condition("StringEquals", "a", "k")],
    [
      "an element that is undefined",
      statement({ NotAction: undefined, Condition: undefined, Sid: undefined }),
    ],
  ])("%s", (_says, policy) => {
    const both = [policy, policy] as PolicyDocument[];
    expect(() => preparePolicies(both)).not.toThrow();
  });
});
