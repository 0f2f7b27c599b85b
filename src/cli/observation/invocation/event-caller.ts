import type { proxyEvent } from "../../../dev/index.ts";
import { authorizerContext } from "../../../names.ts";
import type { RoutePlan, ServicePlan } from "../../../plan/index.ts";

type ApiEvent = ReturnType<typeof proxyEvent>;

/** What is said of whoever invokes, in the place of a caller's name. */
const caller = "lambdakit-invoke";

/** How long the token would be good for, in seconds. */
const lifetime = 3_600;

/**
 * The event with what API Gateway states of a caller who may call the route: nobody, the authorizer's answer to a
 * token with the route's scopes, or who signed. It gives nobody more than there is: Lambda lets only those invoke
 * a function whom IAM allows to, and these may state anything in an event.
 */
export function withCaller(
  event: ApiEvent,
  { auth }: Pick<RoutePlan, "auth">,
  { accountId, api }: Pick<ServicePlan, "accountId" | "api">,
): ApiEvent {
  const { requestContext } = event;
  if (auth.type === "none") return event;
  if (auth.type === "iam") {
    const userArn = `arn:aws:iam::${accountId}:user/${caller}`;
    const identity = { ...requestContext.identity, accountId, caller, user: caller, userArn };
    return { ...event, requestContext: { ...requestContext, identity } };
  }
  const authorizer = {
    principalId: caller,
    ...authorizerContext({
      subject: caller,
      issuer: api.authorizer?.issuer ?? "",
      scopes: auth.scopes,
      expiresAt: Math.floor(Date.now() / 1000) + lifetime,
    }),
  };
  return { ...event, requestContext: { ...requestContext, authorizer } };
}
