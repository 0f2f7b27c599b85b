import type { ContextValue } from "../policy.ts";
import { type KeyLookup, keysIn } from "../request.ts";

/** Whoever comes with a token of an identity provider, as GitHub's jobs do. */
export interface WebIdentity {
  /** The ARN of the provider in IAM that has accepted the token. */
  readonly provider: string;
  /** The claim `sub`; undefined where the token has none. */
  readonly subject?: string | undefined;
  /** The claim `aud`; undefined where the token has none. */
  readonly audience?: string | undefined;
  /** Further claims by their names, such as `ref`. Those that AWS does not look at change nothing. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
}

/** Whoever comes with credentials of AWS. */
export interface AwsPrincipal {
  /** The user's or the role's, with its path; not that of a session. */
  readonly arn: string;
  readonly accountId: string;
}

export type TrustCaller = WebIdentity | AwsPrincipal;

/** A caller in the form that statements are held against. */
export interface ReadCaller {
  readonly caller: TrustCaller;
  /** What it calls, in lower case. */
  readonly action: string;
  readonly key: KeyLookup;
}

/**
 * The claims of GitHub's tokens that AWS has condition keys for, beside `aud` and `sub`. A condition on
 * any other claim finds no key, which `...IfExists` and `ForAllValues:` take for a match.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif (2026-11-26)
 * @see https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/ (2026-11-26)
 */
const gitHubClaims: ReadonlySet<string> = new Set([
  "actor",
  "actor_id",
  "enterprise_id",
  "environment",
  "job_workflow_ref",
  "ref",
  "repository",
  "repository_id",
  "workflow",
]);

const gitHubIssuer = "token.actions.githubusercontent.com";

export function isWebIdentity(caller: TrustCaller): caller is WebIdentity {
  return "provider" in caller;
}

export function readCaller(caller: TrustCaller): ReadCaller {
  return isWebIdentity(caller)
    ? { caller, action: "sts:assumerolewithwebidentity", key: keysIn(tokenKeys(caller)) }
    : { caller, action: "sts:assumerole", key: keysIn(principalKeys(caller)) };
}

/** A claim's key begins with the address of the provider, without `https://`. */
function tokenKeys({ provider, subject, audience, claims = {} }: WebIdentity) {
  const [, issuer = provider] = /:oidc-provider\/(.*)$/.exec(provider) ?? [];
  const further = Object.entries(claims).filter(
    ([claim]) => issuer === gitHubIssuer && gitHubClaims.has(claim),
  );
  const all = [["sub", subject], ["aud", audience], ...further] as const;
  const keys: Record<string, ContextValue> = {};
  for (const [claim, value] of all) {
    if (value !== undefined) keys[`${issuer}:${claim}`] = value;
  }
  return keys;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn (2026-11-26) */
function principalKeys({ arn, accountId }: AwsPrincipal) {
  return { "aws:PrincipalArn": arn, "aws:PrincipalAccount": accountId };
}
