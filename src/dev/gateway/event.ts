import type { APIGatewayProxyEvent } from "aws-lambda";
import { commonLogTime } from "./common-log-time.ts";
import { newRequestIds, type RequestIds, traceId } from "./ids.ts";
import { eventHeaders, type RequestHeaders, readHeaders } from "./request-headers.ts";
import { queryValues } from "./request-query.ts";

/** A request as API Gateway receives it. */
export interface IncomingRequest {
  readonly method: string;
  /** Without the query, still percent-encoded, with the stage where the caller wrote it. */
  readonly path: string;
  /** Without the `?`. */
  readonly query: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string | null;
  /** The body is bytes, in base64. @default false: it is text */
  readonly isBase64Encoded?: boolean;
  readonly sourceIp: string;
}

/** The deployed API that an event claims to come from. */
export interface ApiIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly stage: string;
}

export interface Target {
  /** The path template. */
  readonly resource: string;
  /** The path without the stage. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The event that a Lambda function gets from a REST API's proxy integration.
 *
 * @param headers the request's, where they were read already
 * @param ids the request's, where it was given some already
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(
  request: IncomingRequest,
  target: Target,
  api: ApiIdentity,
  headers: RequestHeaders = readHeaders(request.rawHeaders),
  ids: RequestIds = newRequestIds(),
): APIGatewayProxyEvent {
  const now = Date.now();
  const trace = traceId(headers.get("x-amzn-trace-id")?.values.at(-1), now);
  const query = request.query === "" ? undefined : queryValues(request.query);
  const hasQuery = query !== undefined && query.size > 0;
  return {
    resource: target.resource,
    path: target.path,
    httpMethod: request.method,
    ...eventHeaders(headers, request.sourceIp, trace),
    queryStringParameters: hasQuery ? lastValues(query) : null,
    multiValueQueryStringParameters: hasQuery ? Object.fromEntries(query) : null,
    pathParameters: Object.keys(target.pathParameters).length === 0 ? null : target.pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: api.accountId,
      apiId: "local",
      authorizer: undefined,
      ...deployment,
      ...domain(headers.get("host")?.values[0], api.region),
      extendedRequestId: ids.extendedRequestId,
      httpMethod: request.method,
      identity: {
        ...anonymous,
        sourceIp: request.sourceIp,
        userAgent: headers.get("user-agent")?.values.at(-1) ?? null,
        // The types ask for keys that are there only where the API uses keys or certificates.
      } as APIGatewayProxyEvent["requestContext"]["identity"],
      path: request.path,
      protocol: "HTTP/1.1",
      requestId: ids.requestId,
      requestTime: commonLogTime(now),
      requestTimeEpoch: now,
      resourceId: target.resource,
      resourcePath: target.resource,
      stage: api.stage,
    },
    body: request.body,
    isBase64Encoded: request.isBase64Encoded ?? false,
  };
}

/** AWS sends it, and the types do not know it. */
const deployment = { deploymentId: "local" };

/** What is known of a caller who does not sign requests: nothing. */
const anonymous = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: "",
  user: null,
  userAgent: null,
  userArn: null,
};

/**
 * The name that the caller used, as it is for an API in AWS and its custom domains. A deployed API has
 * no address such as `127.0.0.1:3000`: there it is the name that AWS would have given.
 */
function domain(host: string | undefined, region: string) {
  const name = host?.replace(/:\d*$/, "");
  const isDeployable = name && /\.[a-z][a-z\d-]*$/i.test(name) && !/\.localhost$/i.test(name);
  const domainName = isDeployable ? name : `local.execute-api.${region}.amazonaws.com`;
  return { domainName, domainPrefix: domainName.slice(0, domainName.indexOf(".")) };
}

function lastValues(values: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  const last: [string, string][] = [];
  for (const [name, all] of values) last.push([name, all[all.length - 1] as string]);
  return Object.fromEntries(last);
}
