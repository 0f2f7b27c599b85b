import { expect, it } from "vitest";
import {
  type AccessRequest,
  evaluatePolicies,
  type PolicyDocument,
  type PolicyStatement,
} from "../src/evaluate/index.ts";

/** One statement, one request, and whether the statement speaks of the request. */
export interface StatementCase {
  readonly says: string;
  readonly applies: boolean;
  readonly statement: Partial<PolicyStatement>;
  readonly request: Partial<AccessRequest>;
  readonly version: string;
}

/** A statement is of every action and resource, and a request has no context, unless the case says so. */
export function applies(
  says: string,
  statement: Partial<PolicyStatement>,
  request: Partial<AccessRequest> = {},
  version = "2012-10-17",
): StatementCase {
  return { says, applies: true, statement, request, version };
}

export function ignores(...parts: Parameters<typeof applies>): StatementCase {
  return { ...applies(...parts), applies: false };
}

export const anyRequest: AccessRequest = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/key",
  context: {},
};

/**
 * Asks each case twice: as the only Allow, and as a Deny beside an Allow of everything.
 *
 * @param _see the address of AWS's rule
 */
export function checkCases(_see: string, cases: readonly StatementCase[]): void {
  it.each(cases)("$says", ({ applies, statement, request, version }) => {
    const asked = { ...anyRequest, ...request };
    const effect = (...policies: PolicyDocument[]) => evaluatePolicies(policies, asked).effect;
    const policy = (Effect: "Allow" | "Deny"): PolicyDocument => ({
      Version: version,
      Statement: { ...everything(statement), ...statement, Effect },
    });
    expect(effect(policy("Allow"))).toBe(applies ? "allowed" : "implicit-deny");
    expect(effect(allowAll, policy("Deny"))).toBe(applies ? "explicit-deny" : "allowed");
  });
}

export const allowAll: PolicyDocument = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
};

function everything({ NotAction, NotResource }: Partial<PolicyStatement>) {
  return {
    ...(NotAction === undefined && { Action: "*" }),
    ...(NotResource === undefined && { Resource: "*" }),
  };
}
