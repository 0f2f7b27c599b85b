import type { SecurityScheme } from "../../deploy/index.ts";
import type { ApiPlan, CorsPlan, PreflightPlan, RoutePlan } from "../../plan/index.ts";
import type { Account } from "./account.ts";

/** A REST API as its stage shows it. */
export interface DeployedApi {
  readonly id: string;
  /** The copy of it that the stage shows. */
  readonly deploymentId: string;
  /**
   * In the form that the gateway takes. Each route's function is the ARN that its integration calls. Of scopes
   * it has none: API Gateway is not told of them, the authorizer is.
   */
  readonly api: ApiPlan;
  /** Null where no route asks for a token. */
  readonly authorizer: DeployedAuthorizer | null;
}

export interface DeployedAuthorizer {
  /** The alias that it calls. */
  readonly aliasArn: string;
  readonly cacheSeconds: number;
  /** What a token has to look like, before anybody is asked. */
  readonly accepts: RegExp;
}

interface Method {
  readonly path: string;
  readonly name: string;
  readonly integration: Integration;
}

interface Integration {
  readonly type: string;
  readonly requestTemplates: Readonly<Record<string, string>> | null;
  readonly uri: string;
  readonly httpMethod: string;
  readonly integrationResponses: Readonly<
    Record<string, { readonly responseParameters: Readonly<Record<string, string>> }>
  > | null;
}

const from = "what is deployed";

/**
 * Reads the API behind a stage. A stage shows a deployment, which is a copy of the API; what is in the
 * copy no call tells, so that it is the API itself that is read, after a look that the copy is there.
 *
 * @param url as `lambdakit deploy` prints it, such as `https://abc123.execute-api.eu-west-1.amazonaws.com/v1`
 */
export async function readApi(account: Account, url: string): Promise<DeployedApi> {
  const { id, at, stage } = placeOf(url);
  const shown = await account.json("apigateway", `${at}/stages/${stage}`);
  const { deploymentId, methodSettings } = shown;
  await account.json("apigateway", `${at}/deployments/${deploymentId}`);
  const { name, binaryMediaTypes } = await account.json("apigateway", at);
  const resources = await account.json("apigateway", `${at}/resources?embed=methods&limit=500`);
  const methods: Method[] = resources.item.flatMap(
    ({ path, resourceMethods = {} }: { path: string; resourceMethods?: object }) =>
      Object.entries(resourceMethods).map(([method, { methodIntegration }]) => ({
        path,
        name: method,
        integration: methodIntegration,
      })),
  );
  const preflights = methods.filter(({ name }) => name === "OPTIONS");
  const answered = methods.filter(({ name }) => name !== "OPTIONS");
  return {
    id,
    deploymentId,
    api: {
      name,
      stage,
      binaryMediaTypes: binaryMediaTypes ?? [],
      routes: answered.map((method) => routeOf(method, methodSettings)),
      preflights: preflights.map(preflightOf),
      cors: corsOf(preflights),
      throttling: throttlingOf(methodSettings["*/*"]),
      authorizer: null,
      logGroup: { name: "", retentionDays: 0 },
      from,
    },
    authorizer: authorizerOf(answered),
  };
}

/** Which deployment a stage shows: another one may have other routes. */
export async function readDeploymentId(account: Account, url: string): Promise<string> {
  const { at, stage } = placeOf(url);
  return (await account.json("apigateway", `${at}/stages/${stage}`)).deploymentId;
}

function placeOf(url: string) {
  const { hostname, pathname } = new URL(url);
  const [id = ""] = hostname.split(".");
  return { id, at: `/restapis/${id}`, stage: pathname.slice(1) };
}

/** @throws {Error} where it is no proxy that calls Lambda as Lambda has to be called */
function routeOf(
  { path, name, integration }: Method,
  settings: Readonly<Record<string, MethodSettings>>,
): RoutePlan {
  const { type, uri, httpMethod } = integration;
  const called = calledBy(uri);
  const own = settings[`${path.replaceAll("/", "~1")}/${name}`];
  if (type.toLowerCase() !== "aws_proxy" || httpMethod !== "POST" || called === undefined) {
    throw new Error(`${name} ${path} calls no function: ${JSON.stringify(integration)}`);
  }
  return {
    method: name as RoutePlan["method"],
    path,
    function: called,
    auth: authOf(integration),
    throttling: own === undefined ? null : throttlingOf(own),
    // What a manifest says of a route for people, and API Gateway is not told.
    example: { pathParameters: {}, query: {}, body: null },
    parameters: [],
    body: null,
    responses: [],
    from,
  };
}

interface MethodSettings {
  readonly throttlingRateLimit: number;
  readonly throttlingBurstLimit: number;
}

function throttlingOf({ throttlingRateLimit, throttlingBurstLimit }: MethodSettings) {
  return { requestsPerSecond: throttlingRateLimit, burst: throttlingBurstLimit };
}

/** The ARN of an alias that API Gateway calls. */
function calledBy(uri: string): string | undefined {
  return /:lambda:path\/2015-03-31\/functions\/(arn:.*)\/invocations$/.exec(uri)?.[1];
}

/**
 * Who may call a method, as the document says it: the emulator keeps nothing of that, and
 * `terraform/emulator/modules/rest-api` puts it where it is kept.
 *
 * @throws {Error} where nothing is said: on AWS it would be open
 */
function schemesOf({ requestTemplates }: Integration): SecurityScheme[] {
  const written = requestTemplates?.security;
  if (written === undefined) throw new Error("A route does not say who may call it.");
  return JSON.parse(written);
}

function authOf(integration: Integration): RoutePlan["auth"] {
  const [scheme] = schemesOf(integration);
  if (scheme === undefined) return { type: "none" };
  if (scheme["x-amazon-apigateway-authtype"] === "awsSigv4") return { type: "iam" };
  return { type: "jwt", scopes: [] };
}

/** @throws {Error} where there are several */
function authorizerOf(methods: readonly Method[]): DeployedAuthorizer | null {
  const all = methods
    .flatMap(({ integration }) => schemesOf(integration))
    .flatMap((scheme) => scheme["x-amazon-apigateway-authorizer"] ?? []);
  const [authorizer] = all;
  if (authorizer === undefined) return null;
  const aliasArn = calledBy(authorizer.authorizerUri);
  if (aliasArn === undefined || new Set(all.map((one) => JSON.stringify(one))).size > 1) {
    throw new Error(`There is more than one authorizer, or none: ${JSON.stringify(all)}`);
  }
  return {
    aliasArn,
    cacheSeconds: authorizer.authorizerResultTtlInSeconds,
    accepts: new RegExp(authorizer.identityValidationExpression),
  };
}

function preflightOf(method: Method): PreflightPlan {
  return { path: method.path, allowMethods: header(method, "Access-Control-Allow-Methods") };
}

/**
 * What the answers to `OPTIONS` say of the whole API. The gateway's own answers are taken to say the same
 * of origins: the emulator does not keep what the document has for them.
 *
 * @throws {Error} where they differ
 */
function corsOf(preflights: readonly Method[]): CorsPlan {
  const all = preflights.map((method) => ({
    allowOrigins: header(method, "Access-Control-Allow-Origin"),
    allowHeaders: header(method, "Access-Control-Allow-Headers"),
    // Of the functions' own answers, which bring it themselves.
    exposeHeaders: [],
    maxAgeSeconds: Number(header(method, "Access-Control-Max-Age")[0]),
  }));
  const [first] = all;
  if (first === undefined || new Set(all.map((one) => JSON.stringify(one))).size > 1) {
    throw new Error(`The answers to OPTIONS are not the same: ${JSON.stringify(all)}`);
  }
  return first;
}

/** The values of a header that the API itself gives: a literal, in single quotes. */
function header({ path, integration }: Method, name: string): string[] {
  const { responseParameters = {} } = integration.integrationResponses?.["200"] ?? {};
  const written = responseParameters[`method.response.header.${name}`];
  const literal = /^'(.*)'$/.exec(written ?? "")?.[1];
  if (integration.type.toLowerCase() !== "mock" || literal === undefined) {
    throw new Error(`OPTIONS ${path} has no ${name}: ${JSON.stringify(integration)}`);
  }
  return literal.split(",");
}
