/** One or many: IAM takes `"a"` and `["a"]` for the same. */
export type OneOrMany<Value> = Value | readonly Value[];

/** A value that a condition compares with. `5` and `true` mean `"5"` and `"true"`. */
export type PolicyValue = string | number | boolean;

/** Operator, condition key, values: `{ StringLike: { "s3:prefix": ["home/", "home/*"] } }`. */
export type PolicyCondition = Readonly<
  Record<string, Readonly<Record<string, OneOrMany<PolicyValue>>>>
>;

/** One statement of an identity policy; it says nothing of principals. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: PolicyCondition;
}

/**
 * An IAM policy as AWS accepts it: strings or lists everywhere. Without `Version` it is of 2008-10-17,
 * which has no policy variables.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<PolicyStatement>;
}

/** Whom a statement of a trust policy is about: everybody, or these. */
export type PolicyPrincipal =
  | "*"
  | {
      readonly AWS?: OneOrMany<string>;
      readonly Federated?: OneOrMany<string>;
      readonly Service?: OneOrMany<string>;
    };

/** One statement of a role's trust policy, whose only resource is the role. */
export interface TrustStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: PolicyPrincipal;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Condition?: PolicyCondition;
}

/**
 * Who may take on a role, as AWS accepts it: IAM calls it `AssumeRolePolicyDocument`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html (2026-11-26)
 */
export interface TrustPolicy {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<TrustStatement>;
}

/**
 * What a condition key has in a request. A list says that the key is multivalued, even with one value
 * in it; an empty list is the same as no key.
 */
export type ContextValue = string | readonly string[];

/** What somebody asks to do. */
export interface AccessRequest {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** The condition keys that the request has, such as `dynamodb:LeadingKeys`; their case does not count. */
  readonly context: Readonly<Record<string, ContextValue>>;
}
