import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { apiPlan, LocalGateway } from "../../../test/local-gateway.ts";

let gateway: LocalGateway;

beforeEach(async () => {
  gateway = await LocalGateway.start();
});
afterEach(() => gateway.close());

const userAgent =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.132 Safari/537.36";

/** What the browser sent. API Gateway added the other headers of the sample. */
const browser = {
  accept:
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.9",
  "accept-encoding": "gzip, deflate, br",
  "accept-language": "en-US,en;q=0.9",
  cookie: "s_fid=7AABXMPL1AFD9BBF-0643XMPL09956DE2; regStatus=pre-register",
  Host: "70ixmpl4fl.execute-api.us-east-2.amazonaws.com",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "none",
  "upgrade-insecure-requests": "1",
  "User-Agent": userAgent,
};

const added = {
  "X-Amzn-Trace-Id": "Root=1-5e66d96f-7491f09xmpl79d18acf3d050",
  "X-Forwarded-For": "52.255.255.12",
  "X-Forwarded-Port": "443",
  "X-Forwarded-Proto": "https",
};

const headers = { ...browser, ...added };

/**
 * AWS's sample of the event, all of it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html#apigateway-example-event
 */
const sample = {
  resource: "/",
  path: "/",
  httpMethod: "GET",
  headers,
  multiValueHeaders: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  ),
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: null,
  stageVariables: null,
  requestContext: {
    resourceId: "2gxmpl",
    resourcePath: "/",
    httpMethod: "GET",
    extendedRequestId: "JJbxmplHYosFVYQ=",
    requestTime: "10/Mar/2020:00:03:59 +0000",
    path: "/Prod/",
    accountId: "123456789012",
    protocol: "HTTP/1.1",
    stage: "Prod",
    domainPrefix: "70ixmpl4fl",
    requestTimeEpoch: 1583798639428,
    requestId: "77375676-xmpl-4b79-853a-f982474efe18",
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: "52.255.255.12",
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent,
      user: null,
    },
    domainName: "70ixmpl4fl.execute-api.us-east-2.amazonaws.com",
    apiId: "70ixmpl4fl",
  },
  body: null,
  isBase64Encoded: false,
};

/** Every field that cannot be as it is in the sample, with the reason. */
const differences = [
  ["headers.X-Amzn-Trace-Id", "a new one for each request; the sample's is no hexadecimal number"],
  ["headers.X-Forwarded-For", "the caller is this machine"],
  ["multiValueHeaders.X-Amzn-Trace-Id.0", "as in headers"],
  ["multiValueHeaders.X-Forwarded-For.0", "as in headers"],
  ["requestContext.apiId", "there is one API here, and it has no id"],
  ["requestContext.deploymentId", "AWS sends it since; the sample is older"],
  ["requestContext.extendedRequestId", "a new one for each request"],
  ["requestContext.identity.sourceIp", "the caller is this machine"],
  ["requestContext.requestId", "a new one for each request"],
  ["requestContext.requestTime", "now"],
  ["requestContext.requestTimeEpoch", "now"],
  ["requestContext.resourceId", "nothing is deployed that could have one: it is the path template"],
] as const;

it("the event of the request behind AWS's sample event is the sample, but for ids, times and addresses", async () => {
  gateway.serves([["root", "GET /"]], { stage: "Prod", preflights: [], cors: apiPlan().cors });
  const lines = Object.entries(browser).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = await gateway.open();
  socket.write(`GET /Prod/ HTTP/1.1\r\n${lines.join("")}Connection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  if (!socket.closed) await once(socket, "close");

  const [event, expected] = [fields(gateway.lastEvent), fields(sample)];
  const different = [...new Set([...event.keys(), ...expected.keys()])]
    .filter((name) => event.get(name) !== expected.get(name))
    .toSorted();
  expect(different).toEqual(differences.map(([name]) => name).toSorted());

  const context = gateway.lastEvent?.requestContext;
  expect(gateway.lastEvent?.headers).toMatchObject({
    "X-Amzn-Trace-Id": expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}$/),
    "X-Forwarded-For": "127.0.0.1",
  });
  expect(context).toMatchObject({
    extendedRequestId: expect.stringMatching(/^[\w+/-]{15}=$/),
    identity: { sourceIp: "127.0.0.1" },
    requestId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    resourceId: "/",
  });
});

/** Every value of an object, by its path, such as `requestContext.identity.sourceIp`. */
function fields(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...fields(inner, path === "" ? key : `${path}.${key}`),
    ]),
  );
}
