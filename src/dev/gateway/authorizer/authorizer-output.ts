import { type PolicyDocument, preparePolicies } from "../../../evaluate/index.ts";

/** Who a caller is, and what they may call. */
export interface Authorization {
  /** What the function finds in `requestContext.authorizer`. */
  readonly context: Readonly<Record<string, string>>;
  readonly decide: ReturnType<typeof preparePolicies>;
}

/**
 * What a Lambda authorizer returned; undefined where API Gateway would not understand it. The values of the
 * context are texts, numbers and truth values, and become texts; lists and objects are refused.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html (2026-11-27)
 */
export function readAuthorizerOutput(payload: string): Authorization | undefined {
  try {
    const { principalId, policyDocument, context = {} } = JSON.parse(payload);
    if (typeof principalId !== "string" || principalId === "") return undefined;
    const entries = Object.entries(context as object);
    if (!entries.every(([, value]) => isPlain(value))) return undefined;
    return {
      context: {
        ...Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
        principalId,
      },
      decide: preparePolicies([policyDocument as PolicyDocument]),
    };
  } catch {
    // No JSON, no object, or no policy that IAM would take: to API Gateway it is all the same.
    return undefined;
  }
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
