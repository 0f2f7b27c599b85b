import type { APIGatewayProxyEvent } from "aws-lambda";
import { authorizerKey } from "../../../names.ts";
import type { ApiPlan, RoutePlan } from "../../../plan/index.ts";
import type { InvocationRequest, InvocationResult } from "../../host/invocation.ts";
import type { Answer } from "../answer.ts";
import type { ApiIdentity } from "../event.ts";
import { firstValue, type RequestHeaders } from "../request-headers.ts";
import { TokenAuthorizer } from "./authorize-token.ts";
import { signatureRefusal } from "./signature.ts";

/** The event with what is known of the caller; or what the caller gets instead. */
export type Admission =
  | { readonly ok: true; readonly event: APIGatewayProxyEvent }
  | { readonly ok: false; readonly answer: Answer };

/** What decides who may call. */
export interface Gatekeeper {
  readonly api: ApiPlan;
  readonly identity: ApiIdentity;
  invoke(functionKey: string, request: InvocationRequest): Promise<InvocationResult>;
}

/** Whether the caller may call this route, before any function of the service is asked. */
export async function authorize(
  gatekeeper: Gatekeeper,
  { auth, method }: RoutePlan,
  headers: RequestHeaders,
  event: APIGatewayProxyEvent,
): Promise<Admission> {
  if (auth.type === "none") return { ok: true, event };
  const { identity } = gatekeeper;
  const token = firstValue(headers, "authorization");
  if (auth.type === "iam") {
    const hasDate = headers.has("x-amz-date") || headers.has("date");
    const answer = signatureRefusal(token, hasDate);
    return answer === undefined
      ? { ok: true, event: signedBy(event, identity.accountId) }
      : { ok: false, answer };
  }
  const { accountId, region, stage } = identity;
  const { apiId } = event.requestContext;
  const api = `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}`;
  const methodArn = `${api}/${method}/${event.path.replace(/^\/+/, "")}`;
  const traceId = event.headers["X-Amzn-Trace-Id"] as string;
  const verdict = await authorizerOf(gatekeeper).authorize({ token, methodArn }, (payload) =>
    gatekeeper.invoke(authorizerKey, { payload, traceId }),
  );
  if (!verdict.ok) return verdict;
  const requestContext = { ...event.requestContext, authorizer: verdict.context };
  return { ok: true, event: { ...event, requestContext } };
}

/** By the plan, which each reload replaces: what was decided before, was decided by other code. */
const authorizers = new WeakMap<ApiPlan, TokenAuthorizer>();

function authorizerOf({ api }: Gatekeeper): TokenAuthorizer {
  const known = authorizers.get(api);
  if (known !== undefined) return known;
  const made = new TokenAuthorizer({ cacheSeconds: api.authorizer?.cacheSeconds ?? 0 });
  authorizers.set(api, made);
  return made;
}

/** Whoever it was: this machine does not know, and the function sees that. */
function signedBy(event: APIGatewayProxyEvent, accountId: string): APIGatewayProxyEvent {
  const caller = "local";
  const identity = {
    ...event.requestContext.identity,
    accountId,
    accessKey: caller,
    caller,
    user: caller,
    userArn: `arn:aws:iam::${accountId}:user/${caller}`,
  };
  return { ...event, requestContext: { ...event.requestContext, identity } };
}
