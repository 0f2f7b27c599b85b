import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRequest } from "../../test/policy-cases.ts";
import {
  type AccessRequest,
  evaluatePolicies,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyStatement,
  preparePolicies,
} from "./index.ts";

// Few words, so that statements and requests meet often.
const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "sqs:SendMessage");
const actionPattern = fc.constantFrom("*", "s3:*", "s3:GetObject", "S3:put*", "sqs:Send?essage");
const resource = fc.constantFrom(
  "*",
  "arn:aws:s3:::a/1",
  "arn:aws:s3:::b/2",
  "arn:aws:sqs:eu-west-1:1:q",
);
const resourcePattern = fc.constantFrom(
  "*",
  "arn:aws:s3:::a/*",
  "arn:aws:s3:::?/2",
  "arn:aws:sqs:*:*:q",
);
const value = fc.constantFrom("a", "b", "");
const key = fc.constantFrom("aws:one", "aws:two");
const operator = fc.constantFrom(
  "StringEquals",
  "StringNotEquals",
  "StringLikeIfExists",
  "ForAllValues:StringEquals",
  "ForAnyValue:StringNotLike",
);

const condition: fc.Arbitrary<PolicyCondition> = fc.dictionary(
  operator,
  fc.dictionary(key, fc.array(value, { maxLength: 2 }), { maxKeys: 2 }),
  { maxKeys: 2 },
);
const statement: fc.Arbitrary<PolicyStatement> = fc
  .record({
    effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    actions: fc.tuple(
      fc.constantFrom("Action", "NotAction"),
      fc.array(actionPattern, { minLength: 1, maxLength: 2 }),
    ),
    resources: fc.tuple(
      fc.constantFrom("Resource", "NotResource"),
      fc.array(resourcePattern, { minLength: 1, maxLength: 2 }),
    ),
    condition,
  })
  .map(({ effect, actions, resources, condition: Condition }) => ({
    ...Object.fromEntries([actions, resources]),
    Effect: effect,
    Condition,
  }));
const policy: fc.Arbitrary<PolicyDocument> = fc
  .array(statement, { minLength: 1, maxLength: 4 })
  .map((Statement) => ({ Version: "2012-10-17", Statement }));
const policies = fc.array(policy, { maxLength: 3 });
const request: fc.Arbitrary<AccessRequest> = fc.record({
  action,
  resource,
  context: fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxKeys: 2 }),
});

const statementsOf = ({ Statement }: PolicyDocument) => [Statement].flat() as PolicyStatement[];
const effectOf = (documents: readonly PolicyDocument[], asked: AccessRequest) =>
  evaluatePolicies(documents, asked).effect;

describe("Whatever the policies", () => {
  it("a Deny that matches wins", () => {
    fc.assert(
      fc.property(policies, request, fc.nat(), (documents, asked, anywhere) => {
        const deny: PolicyDocument = {
          Statement: { Effect: "Deny", Action: asked.action, Resource: "*" },
        };
        const at = anywhere % (documents.length + 1);
        expect(effectOf(documents.toSpliced(at, 0, deny), asked)).toBe("explicit-deny");
      }),
    );
  });

  it("one more Deny never allows anything", () => {
    fc.assert(
      fc.property(policies, statement, request, (documents, more, asked) => {
        const deny: PolicyDocument = {
          Version: "2012-10-17",
          Statement: { ...more, Effect: "Deny" },
        };
        const [before, after] = [effectOf(documents, asked), effectOf([...documents, deny], asked)];
        expect([before, "explicit-deny"]).toContain(after);
      }),
    );
  });

  it("one more Allow never takes anything away", () => {
    fc.assert(
      fc.property(policies, statement, request, (documents, more, asked) => {
        const allow: PolicyDocument = {
          Version: "2012-10-17",
          Statement: { ...more, Effect: "Allow" },
        };
        const [before, after] = [
          effectOf(documents, asked),
          effectOf([...documents, allow], asked),
        ];
        expect(before === "implicit-deny" ? ["implicit-deny", "allowed"] : [before]).toContain(
          after,
        );
      }),
    );
  });

  it("the order of policies and statements does not matter to the effect", () => {
    fc.assert(
      fc.property(policies, request, (documents, asked) => {
        const reversed = documents
          .map((one) => ({ ...one, Statement: statementsOf(one).toReversed() }))
          .reverse();
        expect(effectOf(reversed, asked)).toBe(effectOf(documents, asked));
      }),
    );
  });

  it("statements decide alike in one policy and in many", () => {
    fc.assert(
      fc.property(policies, request, (documents, asked) => {
        const apart = documents.flatMap((one) =>
          statementsOf(one).map((Statement) => ({ ...one, Statement })),
        );
        expect(effectOf(apart, asked)).toBe(effectOf(documents, asked));
      }),
    );
  });

  it("prepared policies decide as unprepared ones, however often they are asked", () => {
    fc.assert(
      fc.property(policies, fc.array(request, { maxLength: 5 }), (documents, requests) => {
        const decide = preparePolicies(documents);
        for (const asked of requests) {
          expect(decide(asked)).toEqual(evaluatePolicies(documents, asked));
        }
      }),
    );
  });

  it("a boundary only ever takes away", () => {
    fc.assert(
      fc.property(policies, policies, request, (documents, boundaries, asked) => {
        const limited = evaluatePolicies(documents, asked, { boundaries }).effect;
        const free = effectOf(documents, asked);
        if (limited === "allowed") expect(free).toBe("allowed");
        if (free !== "allowed") expect(limited).not.toBe("allowed");
      }),
    );
  });

  it("the statement that a decision names has the decision's effect, and decides alike alone", () => {
    fc.assert(
      fc.property(policies, request, (documents, asked) => {
        const decision = evaluatePolicies(documents, asked);
        if (decision.effect === "implicit-deny") return;
        const { policy: at, statement: position } = decision.by;
        const { Version, Statement } = documents[at] as PolicyDocument;
        const named = [Statement].flat()[position] as PolicyStatement;
        expect(effectOf([{ Version, Statement: named } as PolicyDocument], asked)).toBe(
          decision.effect,
        );
      }),
    );
  });
});

/** The meaning of `*` and `?`, as plainly as it can be said. */
function naiveMatch(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const rest = pattern.slice(1);
  if (pattern[0] === "*")
    return naiveMatch(rest, text) || (text !== "" && naiveMatch(pattern, text.slice(1)));
  return (
    text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && naiveMatch(rest, text.slice(1))
  );
}

function like(pattern: string, text: string, operatorName = "StringLike"): boolean {
  const Condition = { [operatorName]: { "aws:k": pattern } };
  const document = {
    Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition },
  } as const;
  return effectOf([document], { ...anyRequest, context: { "aws:k": text } }) === "allowed";
}

function ofResource(Resource: string, text: string): boolean {
  const document = { Statement: { Effect: "Allow", Action: "*", Resource } } as const;
  return effectOf([document], { ...anyRequest, resource: text }) === "allowed";
}

const letters = (...units: string[]) =>
  fc.string({ unit: fc.constantFrom(...units), minLength: 0, maxLength: 8 });

describe("Wildcards", () => {
  it("match what the plainest matcher matches", () => {
    fc.assert(
      fc.property(letters("a", "b", "*", "?"), letters("a", "b"), (pattern, text) => {
        expect(like(pattern, text)).toBe(naiveMatch(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it("match behind the fifth colon of a resource what the plainest matcher matches", () => {
    fc.assert(
      fc.property(letters("a", ":", "*", "?"), letters("a", ":", "/"), (pattern, text) => {
        expect(ofResource(`arn:aws:s3:::${pattern}`, `arn:aws:s3:::${text}`)).toBe(
          naiveMatch(pattern, text),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("match in ARN operators each segment for itself", () => {
    const segment = letters("a", "b", "*", "?");
    const segments = fc.tuple(segment, segment, segment, segment, segment);
    const plain = letters("a", "b");
    fc.assert(
      fc.property(segments, fc.tuple(plain, plain, plain, plain, plain), (patterns, texts) => {
        const each = patterns.every((one, position) => naiveMatch(one, texts[position] ?? ""));
        expect(like(`arn:${patterns.join(":")}`, `arn:${texts.join(":")}`, "ArnLike")).toBe(each);
      }),
      { numRuns: 2000 },
    );
  });

  it("match every text with itself, as characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(like(text, text, "StringEquals")).toBe(true);
        expect(like("*", text)).toBe(true);
      }),
    );
  });

  it("take no exponential time, whatever the pattern", () => {
    // A matcher that tries every way would need longer than the universe is old.
    const text = "a".repeat(2000);
    expect(like(`${"a*".repeat(100)}b`, text)).toBe(false);
    expect(like(`${"*".repeat(2000)}b`, text)).toBe(false);
    expect(ofResource(`arn:aws:s3:::${"*a".repeat(100)}b`, `arn:aws:s3:::${text}`)).toBe(false);
    expect(like(`arn:aws:s3:::${"?*".repeat(100)}b`, `arn:aws:s3:::${text}`, "ArnLike")).toBe(
      false,
    );
  });
});
