/**
 * Names that both sides have to agree on: the toolkit that writes them, and the code inside a
 * function that reads them. Pure; imports nothing.
 */

/** The environment variables that every function gets. Tables have one more each, named in the manifest. */
export const environmentVariables = {
  environment: "ENVIRONMENT",
  logLevel: "LOG_LEVEL",
  /** The service's name in log lines; Powertools for AWS Lambda reads the same one. */
  serviceName: "POWERTOOLS_SERVICE_NAME",
  /** The CloudWatch namespace of what the code measures; Powertools for AWS Lambda reads the same one. */
  metricsNamespace: "POWERTOOLS_METRICS_NAMESPACE",
  /** The origins that may call from a browser, separated by spaces. */
  corsAllowOrigins: "CORS_ALLOW_ORIGINS",
  /** The response headers that a script in a browser may read, separated by commas. */
  corsExposeHeaders: "CORS_EXPOSE_HEADERS",
  /** Who may call which route, as JSON: a function with routes answers nothing without it. */
  routeAuth: "ROUTE_AUTH",
} as const;

/**
 * How `lambdakit audit iam --minimal` reaches a service that tests start, through whatever runs them.
 */
export const permissionVariables = {
  /** The file that gets a line of JSON for each thing that is seen of a permission. */
  record: "LAMBDAKIT_PERMISSIONS_RECORD",
  /** The id of a permission that is taken away. */
  without: "LAMBDAKIT_PERMISSIONS_WITHOUT",
} as const;

/** A line of that file: what a test has shown of a permission. */
export interface PermissionSighting {
  /** The file of the test; null where that could not be told. */
  readonly test: string | null;
  /**
   * `service`: it has started one. `needed`: a call is refused without the permission. `covered`: it allows a call, and
   * others would do. `removed`: it was taken away, and missed.
   */
  readonly seen: "service" | "needed" | "covered" | "removed";
  readonly permission?: string;
}

/** The environment variables that the authorizer has besides. */
export const authorizerVariables = {
  issuer: "AUTHORIZER_ISSUER",
  /** Separated by spaces. */
  audience: "AUTHORIZER_AUDIENCE",
  jwksUri: "AUTHORIZER_JWKS_URI",
} as const;

/** The key of the function that checks callers' tokens, where there is one: no function of a manifest has it. */
export const authorizerKey = "authorizer";

/** What the authorizer is made from: a module of the toolkit, not of the service. */
export const authorizerEntry = "lambdakit/authorizer";

/**
 * What `ROUTE_AUTH` says: whose tokens count, and who may call each route, by its {@link routeName}. A
 * list is the scopes that a token has to have, all of them.
 */
export interface RouteAuthVariable {
  /** Empty where no route asks for scopes. */
  readonly issuer: string;
  readonly routes: Readonly<Record<string, "none" | "iam" | readonly string[]>>;
}

/** How far a token's times may be off: clocks that are kept by NTP differ by less. */
export const clockSkewSeconds = 5;

/** What the authorizer says of a caller, and API Gateway hands on: texts, because nothing else goes through. */
export function authorizerContext(caller: {
  readonly subject: string;
  readonly issuer: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number;
}) {
  const { subject, issuer, scopes, expiresAt } = caller;
  return { sub: subject, iss: issuer, scope: scopes.join(" "), exp: String(expiresAt) };
}

/** A secret's value of fewer characters is not taken out of log lines: too many have it by chance. */
export const shortestHidden = 8;

/** What `ENVIRONMENT` is on a developer's machine. */
export const localEnvironment = "local";

/** The name that a handler's file exports. */
export const handlerExport = "handler";

/** The module of an artifact that Lambda loads, and what it calls there. */
export const lambdaHandler = `index.${handlerExport}`;

/** The alias that callers use. Terraform makes it once; which version it is, is up to releases. */
export const liveAlias = "live";

/** The header that ties the log lines of one user action together, over all services. */
export const correlationHeader = "X-Correlation-Id";

/** The message of the one log line that every request ends with. */
export const requestLogMessage = "request completed";

/** The message of the line that carries a request's metrics where the level hides the line that it ends with. */
export const metricsLogMessage = "request metrics";

/** A metric that the code of every service with routes has, in the service's own namespace. */
export interface ServiceMetric {
  readonly name: string;
  readonly unit: "Count" | "Milliseconds";
  /** A route's value is its {@link routeName}. */
  readonly dimension: "route" | "function_name";
}

const perRoute = { unit: "Count", dimension: "route" } as const;

export const serviceMetrics = {
  /** With the first request of an execution environment. */
  coldStart: { name: "ColdStart", unit: "Count", dimension: "function_name" },
  /** From the event to the answer, within the function. */
  latency: { name: "Latency", unit: "Milliseconds", dimension: "route" },
  /** Requests that were refused because of what is in them. */
  validationFailures: { name: "ValidationFailures", ...perRoute },
  /** Requests that were answered with what a request before them had done. */
  idempotentReplays: { name: "IdempotentReplays", ...perRoute },
  /** Answers 409 and 412. */
  conflicts: { name: "Conflicts", ...perRoute },
} as const satisfies Readonly<Record<string, ServiceMetric>>;

/** `Symbol.for` of this is set on the global object where a function's packages had to be compiled anew. */
export const codeCacheRejected = "lambdakit.codeCacheRejected";

/** `createOrder` → `create-order`: keys are camelCase in TypeScript and kebab-case in AWS. */
export function kebabCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

/** `bbws-product-list-dev` */
export function functionName(prefix: string, service: string, key: string, environment: string) {
  return `${prefix}-${service}-${kebabCase(key)}-${environment}`;
}

/** `GET /v1.0/products/{productId}`: what a route is called in metrics, and wherever it is named. */
export function routeName(route: { readonly method: string; readonly path: string }): string {
  return `${route.method} ${route.path}`;
}

/** The keys of the functions that answer routes: the runtime counts cold starts of no others. */
export function answeringFunctions(api: {
  readonly routes: readonly { readonly function: string }[];
}): ReadonlySet<string> {
  return new Set(api.routes.map((route) => route.function));
}

/** `bbws-product`: the CloudWatch namespace of what a service's code measures. */
export function metricNamespace(prefix: string, service: string): string {
  return `${prefix}-${service}`;
}

/** `bbws-product-orders-dev`, or what the table's `name` says with `{environment}` filled in. */
export function tableName(
  prefix: string,
  service: string,
  key: string,
  environment: string,
  template = `${prefix}-${service}-${kebabCase(key)}-{environment}`,
): string {
  return template.replaceAll("{environment}", environment);
}

/** How the name of a table goes on that was restored beside the one it stands for: 8 digits of a day, 6 of a time, UTC. */
const restoredSuffix = /-restored-\d{8}-\d{6}$/;

/**
 * `products-prod-restored-20261127-091500`: a table cannot be renamed in DynamoDB, so what is restored while the old one
 * is still there has a name of its own.
 *
 * @param name of the table that it stands for, which may have been restored itself: its suffix is replaced
 * @param at when the restore was begun, ISO 8601 in UTC
 */
export function restoredTableName(name: string, at: string): string {
  const [day = "", time = ""] = at.replaceAll(/[-:]/g, "").split(/[T.Z]/);
  return `${originalTableName(name)}-restored-${day}-${time}`;
}

/** What the manifest calls a table, whether it was restored or not. */
export function originalTableName(name: string): string {
  return name.replace(restoredSuffix, "");
}

/** Every name that a table can have after restores, as IAM matches names: `?` is one character. */
export function restoredTableNames(name: string): string {
  return `${originalTableName(name)}-restored-${"?".repeat(8)}-${"?".repeat(6)}`;
}

/** `DYNAMODB_TABLE_ORDER_LINES` for `orderLines`. */
export function tableVariable(key: string): string {
  return `DYNAMODB_TABLE_${kebabCase(key).replaceAll("-", "_").toUpperCase()}`;
}

/** `/bbws/product/dev/payment-key`: what a secret is called, in Parameter Store and in Secrets Manager alike. */
export function secretName(prefix: string, service: string, environment: string, key: string) {
  return `/${prefix}/${service}/${environment}/${kebabCase(key)}`;
}

/** `SECRET_PAYMENT_KEY` for `paymentKey`: tells a function what the secret is called, never what it is. */
export function secretVariable(key: string): string {
  return `SECRET_${kebabCase(key).replaceAll("-", "_").toUpperCase()}`;
}

/** `bbws-terraform-state-536580886816-eu-west-1`: names of buckets are taken by the whole world. */
export function stateBucketName(prefix: string, accountId: string, region: string): string {
  return `${prefix}-terraform-state-${accountId}-${region}`;
}

/** `bbws-artifacts-536580886816-eu-west-1` */
export function artifactBucketName(prefix: string, accountId: string, region: string): string {
  return `${prefix}-artifacts-${accountId}-${region}`;
}

/** What an account has in each region that is deployed to. */
export function bucketNames(prefix: string, accountId: string, region: string) {
  return {
    stateBucket: stateBucketName(prefix, accountId, region),
    artifactBucket: artifactBucketName(prefix, accountId, region),
  };
}

/** Where a zip lies in the artifact bucket: by what it is, so that it is uploaded once. */
export function artifactKey(sha256: string): string {
  return `artifacts/${sha256}.zip`;
}

/** Where the state of a service's environment lies in the state bucket. */
export function stateKey(service: string, environment: string): string {
  return `services/${service}/${environment}.tfstate`;
}

/** Where the state of what an account has for all its services lies. */
export function accountStateKey(region: string): string {
  return `account/${region}.tfstate`;
}

/** What messages of alarms are encrypted with, made once for each account and region. */
export function alarmKeyAlias(prefix: string): string {
  return `alias/${prefix}-alarms`;
}

/** The policy that no function's role can go beyond, made once for each account. */
export function functionBoundaryName(prefix: string): string {
  return `${prefix}-function-boundary`;
}

/**
 * The role that GitHub's workflows deploy a service with. It does not begin as the service's own
 * resources do: those it may change, itself not.
 */
export function deployRoleName(prefix: string, service: string, environment: string): string {
  return `${prefix}-deploy-${service}-${environment}`;
}

/** The role that GitHub's workflows plan with before somebody approves: it may read, and change nothing. */
export function planRoleName(prefix: string, service: string, environment: string): string {
  return `${prefix}-plan-${service}-${environment}`;
}

/** The role that the account of the next environment takes on to read the releases of this one. */
export function releasesRoleName(prefix: string, service: string, environment: string): string {
  return `${prefix}-releases-${service}-${environment}`;
}

/** The role that AWS Backup copies a service's tables with, and writes a copy back. */
export function backupRoleName(prefix: string, service: string, environment: string): string {
  return `${prefix}-backup-${service}-${environment}`;
}

/** Where AWS Backup keeps a service's backups, and what says when it makes them. */
export function vaultName(prefix: string, service: string, environment: string): string {
  return `${prefix}-${service}-${environment}`;
}

/** How the names of roles go on that the account makes behind the prefix: no service may be called so. */
export const accountRoles = ["backup", "deploy", "plan", "releases"] as const;

/** The GitHub environment of jobs that plan. Those that deploy have one that is called as ours is. */
export function planningEnvironment(environment: string): string {
  return `${environment}-plan`;
}

/**
 * What GitHub's token says of a job in a GitHub environment, whatever its branch. A repository with immutable
 * subjects has its ids in it, `acme@1234/shop@5678`, as the manifest has then.
 * @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-a-specific-environment (2026-11-26)
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens (2026-11-26)
 */
export function gitHubSubject(repository: string, gitHubEnvironment: string): string {
  return `repo:${repository}:environment:${gitHubEnvironment}`;
}

/** A branch as GitHub's token has it: `refs/heads/main`. */
export function branchRef(branch: string): string {
  return `refs/heads/${branch}`;
}

/** Where everything lies in the artifact bucket that is known of a release, whatever the environment. */
export function releasePrefix(service: string): string {
  return `releases/${service}/`;
}

/** Where everything lies in the artifact bucket that was done in an environment, and what was seen of it. */
export function deploymentPrefix(service: string, environment: string): string {
  return `deployments/${service}/${environment}/`;
}

/** Where everything lies in the artifact bucket that drills in an environment have shown. */
export function drillPrefix(service: string, environment: string): string {
  return `drills/${service}/${environment}/`;
}

/** Where everything lies in the artifact bucket that restores of an environment leave behind. */
export function recoveryPrefix(service: string, environment: string): string {
  return `recovery/${service}/${environment}/`;
}

/**
 * `bbws-product-list-prod-standby`: what has its name once in an account, whatever the region, has another one
 * where the service stands by.
 */
export function standbyName(name: string): string {
  return `${name}${standbySuffix}`;
}

const standbySuffix = "-standby";

/** Set by Lambda in every execution environment, and so by `dev`. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const lambdaInitialization = "AWS_LAMBDA_INITIALIZATION_TYPE";

/**
 * On every answer of an API, whoever gives it. It is read by programs, is never a page, and is nobody's to keep:
 * what goes with pages, such as a content security policy, says nothing here.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers (2026-11-27)
 */
export const securityHeaders = {
  "Cache-Control": "no-store",
  "Strict-Transport-Security": "max-age=63072000",
  "X-Content-Type-Options": "nosniff",
} as const;

/** `20261127-091500`, in UTC: how the names of copies say when. @param at ISO 8601, in UTC */
export function timeStamp(at: string): string {
  return at.slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
}

/** `lambdakit-products-prod-`: how the backups of a table begin that `dr backup` makes. */
export function ownBackupPrefix(table: string): string {
  return `lambdakit-${table}-`;
}

/** `lambdakit-products-prod-20261127-091500`: a backup that `dr backup` makes. @param at ISO 8601, in UTC */
export function backupName(table: string, at: string): string {
  return `${ownBackupPrefix(table)}${timeStamp(at)}`;
}

/** `products-prod-kept-aside-20261127-091500`: the backup of a table that was replaced. */
export function keptAsideBackupName(table: string, at: string): string {
  return `${table}-kept-aside-${timeStamp(at)}`;
}

/** The tag of a table that was replaced by a restored one, and is kept. */
export const keptAsideTag = "lambdakit:kept-aside";
