import type { Architecture, LogRetentionDays, Region, Runtime } from "./facts.ts";
import type { Schema } from "./json-schema.ts";
import type { StatusCode } from "./status-codes.ts";

/** Names that are not known while typing: what a manifest has once it is loaded. */
type AnyNames = Readonly<Record<string, unknown>>;

/** The three environments, in promotion order. Each is one AWS account and region. */
export type EnvironmentName = "dev" | "sit" | "prod";

/** One HTTP method and one path, such as `"GET /v1.0/products/{productId}"`. */
export type Route = `${HttpMethod} /${string}`;

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";

export type LogLevel = "DEBUG" | "INFO" | "WARN" | "ERROR";

/**
 * What has to be typed before a change reaches an environment.
 *
 * `none`: nothing. `confirm`: a word. `confirm-and-reason`: a longer word and a recorded reason.
 */
export type Approval = "none" | "confirm" | "confirm-and-reason";

/**
 * The DynamoDB item operations that a function may be granted.
 * Batch operations need their own grant; a transaction is allowed by the grants of its parts.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "Scan"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "BatchWriteItem"
  | "ConditionCheckItem";

/** A key attribute: its name alone means a string. */
export type KeyAttribute = string | { readonly name: string; readonly type: "S" | "N" | "B" };

/** A global secondary index. All attributes are projected into it. */
export interface IndexDefinition {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

/** A DynamoDB table, on-demand, owned by this service. */
export interface TableDefinition<Indexes = AnyNames> {
  /**
   * The table's name; `{environment}` stands for `dev`, `sit` or `prod`.
   * @default "{prefix}-{service}-{table}-{environment}"
   */
  readonly name?: string;
  /**
   * The environment variable that tells the functions this table's name.
   * @default "DYNAMODB_TABLE_{TABLE}"
   */
  readonly variable?: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  /** It is there already and others look after it: it is looked up, not made. Locally it is made. @default false */
  readonly existing?: boolean;
  /** The number attribute, in epoch seconds, after which DynamoDB deletes an item. */
  readonly timeToLiveAttribute?: string;
  readonly indexes?: { readonly [Index in keyof Indexes]: IndexDefinition };
}

/** One IAM statement's worth of access to one table, or to one of its indexes. */
export interface Grant<Indexes = AnyNames> {
  readonly allow: readonly TableAction[];
  /** Grant on this index. @default the table itself, and none of its indexes */
  readonly index?: keyof Indexes & string;
  /**
   * Only items whose partition key matches one of these; `*` and `?` are wildcards.
   * Becomes a `dynamodb:LeadingKeys` condition. @default any item
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
   */
  readonly partitionKeys?: readonly string[];
}

/** A request to show in `curl` lines and documentation; it has to work on an empty table or say 404. */
export interface RequestExample {
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a function's callers send, and what they get: the contract that the API's description states. */
export interface SchemasDefinition {
  /** An object with a property for each path parameter. @default a text for each */
  readonly pathParameters?: Schema;
  /** An object with a property for each query parameter; a property that is optional may be left out. */
  readonly query?: Schema;
  /** An object with a property for each request header. */
  readonly headers?: Schema;
  /** The body, of the routes whose method has one. */
  readonly body?: Schema;
  /** By status. What every function may answer, such as 500, is added. */
  readonly responses?: { readonly [Status in StatusCode]?: ResponseDefinition };
}

/** One answer of a function. */
export interface ResponseDefinition {
  readonly description: string;
  /** An object with a property for each response header. */
  readonly headers?: Schema;
  /** The JSON body. @default none; from 400 on, `application/problem+json` as `lambdakit/runtime` answers it */
  readonly body?: Schema;
}

/** What an environment may change about a function: its size, never its shape. */
export interface FunctionSize {
  /** Memory, in MB: 128 to 10,240. CPU grows with it. @default 256 */
  readonly memoryMb?: number;
  /** Seconds before Lambda stops the function: 1 to 900. @default 30 */
  readonly timeoutSeconds?: number;
  /**
   * Invocations that may run at once; further ones are refused (429). Taken out of the account's
   * own limit, so that nobody else can use them. 0 switches the function off. @default no limit of its own
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrency?: number;
  /** The size of `/tmp`, in MB: 512 to 10,240. @default 512 */
  readonly ephemeralStorageMb?: number;
}

/** What `lambdakit package` makes of a function, the same in every environment. */
export interface PackageOptions {
  /**
   * The size of the deployment package, zipped, in KB of 1,024 bytes: 1 to 51,200. A larger one is an
   * error, and not uploaded by accident: a function starts slower for every byte. @default 1024
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   */
  readonly maxPackageSizeKb?: number;
  /**
   * Compiles its packages when it is packaged, by the Node.js and on the architecture that it runs on, so
   * that cold starts do not. Elsewhere they are compiled as ever, and the first log line says so. On
   * `nodejs24.x` only. @default false
   */
  readonly codeCache?: boolean;
}

/**
 * Where a secret's value is kept. `ssm`: a SecureString of Parameter Store, which costs nothing and takes 4 KB.
 * `secrets-manager`: Secrets Manager, which takes 64 KB, can change values by itself, gives a deleted one back for 30 days, and costs
 * a little for each secret and month.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html (2026-11-27)
 * @see https://aws.amazon.com/secrets-manager/pricing/ (2026-11-27)
 */
export type SecretStore = "ssm" | "secrets-manager";

/** A value that nobody may read but the functions that say so. It stands nowhere but in its store. */
export interface SecretDefinition {
  /** What it is, and where to get a new one, for whoever has to set it. */
  readonly description: string;
  /** @default "ssm" */
  readonly store?: SecretStore;
}

/**
 * Who may call a route: `"none"` is everybody, `"iam"` is whoever an IAM policy allows to
 * (`execute-api:Invoke`), and `{ scopes }` is whoever has a JSON Web Token with all of these scopes.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
export type RouteAuth = "none" | "iam" | { readonly scopes: readonly string[] };

/** How many requests all callers together may send before API Gateway refuses some (429). */
export interface Throttling {
  /** In the long run. */
  readonly requestsPerSecond: number;
  /** At once. */
  readonly burst: number;
}

/** One Lambda function. */
export interface FunctionDefinition<
  Tables = Record<string, AnyNames>,
  SecretName extends string = string,
> extends FunctionSize,
    PackageOptions {
  readonly description: string;
  /** The file, relative to `service.ts`, that exports `handler`. */
  readonly entry: string;
  /** The routes it answers. @default none: it can only be invoked directly */
  readonly routes?: readonly Route[];
  /**
   * Who may call its routes: one answer for all, or one for each route. It has no default: an open
   * route says so. A function without routes has none.
   */
  readonly auth?: RouteAuth | Readonly<Record<Route, RouteAuth>>;
  /** Of each of its routes, instead of the API's. @default the API's */
  readonly throttling?: Throttling;
  /** The only access to tables that it gets. @default none */
  readonly tables?: { readonly [Table in keyof Tables]?: readonly Grant<Tables[Table]>[] };
  /** The only secrets that it may read. It is told their names, in `SECRET_{SECRET}`. @default none */
  readonly secrets?: readonly SecretName[];
  readonly example?: RequestExample;
  readonly schemas?: SchemasDefinition;
}

/**
 * Who may call the API from a browser.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export interface CorsDefinition {
  /** Origins such as `"https://shop.example.com"`, or `["*"]` for every origin. */
  readonly allowOrigins: readonly string[];
  /** Request headers that a browser may send. @default those that AWS's console allows */
  readonly allowHeaders?: readonly string[];
  /** Response headers that a script may read. @default ETag, Location and the request's ids */
  readonly exposeHeaders?: readonly string[];
  /** Seconds that a browser may keep a preflight answer. @default 600 */
  readonly maxAgeSeconds?: number;
}

/** The REST API in front of the functions that have routes. */
export interface ApiDefinition {
  /** The API Gateway stage, the first part of the deployed URL. @default "v1" */
  readonly stage?: string;
  /**
   * Media types, such as `"image/png"` or `"image/*"`, whose bodies are bytes: a function gets and
   * gives them in base64. @default none: every body is text
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
   */
  readonly binaryMediaTypes?: readonly string[];
  readonly cors: CorsDefinition;
  /**
   * How many requests all callers together may send before API Gateway refuses some (429). Below the
   * account's own limit, so that one service cannot use up what all share.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
   */
  readonly throttling?: {
    /** In the long run. @default 500 */
    readonly requestsPerSecond?: number;
    /** At once. @default 1000 */
    readonly burst?: number;
  };
}

/** When to tell somebody. Every threshold has a default, so `{}` is a full set: see `docs/reference/alarms.md`. */
export interface AlarmsDefinition {
  /** A function's failures, as a share of its invocations in 15 minutes. */
  readonly functionErrors?: {
    /** @default 1 */
    readonly ratePercent?: number;
    /** Fewer errors than this never fire: one failure in a quiet night is not an incident. @default 5 */
    readonly minimumCount?: number;
  };
  readonly functionDuration?: {
    /** Share of the timeout that one invocation in a hundred may reach, in 15 minutes. @default 83 */
    readonly percentOfTimeout?: number;
  };
  /** Invocations that Lambda refused, as a share of all that were tried in five minutes. */
  readonly functionThrottles?: {
    /** @default 1 */
    readonly ratePercent?: number;
    /** Fewer refusals than this never fire. @default 5 */
    readonly minimumCount?: number;
  };
  /** Of a function with `reservedConcurrency`. */
  readonly functionConcurrency?: {
    /** Share of its reserved concurrency that it may use, for three of five minutes. @default 80 */
    readonly percentOfLimit?: number;
  };
  /** 5xx answers of the API, as a share of its requests in five minutes. */
  readonly apiServerErrors?: {
    /** @default 1 */
    readonly ratePercent?: number;
    /** @default 10 */
    readonly minimumCount?: number;
  };
  /** 5xx answers that are too few to wake somebody, and too many to go on like that: hour by hour, for two. */
  readonly apiErrorBudget?: {
    /** Share of requests that shall be answered well, over 30 days: 90 to 99.99. Fires at three times what may fail. @default 99.9 */
    readonly availabilityPercent?: number;
    /** Fewer failures in an hour than this never fire. @default 3 */
    readonly minimumCount?: number;
  };
  readonly apiLatency?: {
    /** One request in a hundred may take longer than this, for 10 of 15 minutes. @default 5000 */
    readonly p99Milliseconds?: number;
  };
  readonly tableThrottles?: {
    /** Requests to one table or its indexes that DynamoDB throttled in five minutes. @default 5 */
    readonly count?: number;
  };
  readonly tableSystemErrors?: {
    /** Requests to one table that failed within DynamoDB in five minutes. @default 5 */
    readonly count?: number;
  };
}

/**
 * Who hears of alarms: `"mailto:team@example.com"` or `"https://example.com/alarms"`. SNS asks each address first
 * whether it wants to. An address that holds a key is a secret, and does not belong here: subscribe it by hand.
 */
export interface NotifyDefinition {
  /** Who is woken when callers do not get answers. @default nobody */
  readonly page?: readonly string[];
  /** Who hears in the morning of everything else. @default nobody */
  readonly ticket?: readonly string[];
}

/** Whose tokens are taken, where routes ask for scopes. */
export interface JwtDefinition {
  /** The token's `iss`, to the letter: an https address without a query. */
  readonly issuer: string;
  /** The token's `aud` has to have one of these; of Cognito's access tokens, `client_id` has to be one. */
  readonly audience: string | readonly string[];
  /** Where the issuer's public keys are. @default the issuer with `/.well-known/jwks.json` */
  readonly jwksUri?: string;
}

/** How much may be lost, and for how long, when the worst happens. */
export interface RecoveryDefinition {
  /** Recovery point objective: minutes of writes that may be lost. @default 60 */
  readonly rpoMinutes?: number;
  /** Recovery time objective: minutes until the service answers again. @default 30 */
  readonly rtoMinutes?: number;
}

/**
 * A name of yours for the API, with a certificate and a health check, that Route 53 answers with either region.
 * Its paths begin with the routes' own: the stage is no part of them.
 */
export interface DomainDefinition {
  /** Such as `"products.example.com"`: within the zone, and not the zone's own name. */
  readonly name: string;
  /** The id of the public hosted zone in Route 53, in the environment's account, such as `"Z0123456789EXAMPLE"`. */
  readonly zoneId: string;
}

/** One environment: where it is, how loud it is, and what it takes to change it. */
export interface EnvironmentDefinition<FunctionName extends string = string> {
  readonly accountId: string;
  readonly region: Region;
  /** From which level on functions log. Metrics are written at every level: they are no messages. */
  readonly logLevel: LogLevel;
  readonly logRetentionDays: LogRetentionDays;
  readonly approval: Approval;
  readonly notify?: NotifyDefinition;
  /** Whose tokens are taken. It has to be there where a route asks for scopes. @default nobody's */
  readonly jwt?: JwtDefinition;
  /**
   * The region that takes over when this environment's region is lost: tables are replicated there, and the
   * service stands by. @default none
   */
  readonly recoveryRegion?: Region;
  /** The name that callers use, and that moves to `recoveryRegion` with them. @default none */
  readonly domain?: DomainDefinition;
  /** Added to the service's tags; the same key wins here. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly sizes?: { readonly [Name in FunctionName]?: FunctionSize };
}

/** `service.ts`: every fact about a service, stated once. */
export interface ServiceDefinition<
  Tables = Record<string, AnyNames>,
  FunctionName extends string = string,
  SecretName extends string = string,
> extends FunctionSize,
    PackageOptions {
  /** The service's short name, in kebab-case: the middle of every resource's name. */
  readonly name: string;
  /** The organisation's short name, in kebab-case: the start of every resource's name. */
  readonly prefix: string;
  readonly description: string;
  /**
   * The GitHub repository whose workflows may deploy, such as `"acme/shop"`. One that was made, renamed or
   * transferred since 15 July 2026 says its ids, too: `"acme@1234/shop@5678"`. @default none may
   * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
   */
  readonly repository?: string;
  /** The branch whose workflows may deploy. @default "main" */
  readonly branch?: string;
  /** Where `service.ts` stands in the repository, such as `"services/shop"`: alarms link their runbook there. @default "." */
  readonly folder?: string;
  /**
   * Who has to agree to a change of the service, as GitHub's CODEOWNERS names them: a team such as
   * `"@acme/shop-team"`, which has to be able to write to the repository, a person, or an address. @default nobody
   * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners (2026-11-27)
   */
  readonly owners?: readonly string[];
  /** @default "nodejs22.x" */
  readonly runtime?: Runtime;
  /** @default "arm64", a fifth cheaper than x86_64 for the same memory */
  readonly architecture?: Architecture;
  /**
   * Whether X-Ray follows requests from the API through the functions: the first of each second, and one in
   * twenty of the others. Log lines have the trace's id either way. @default true
   * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html (2026-11-27)
   */
  readonly tracing?: boolean;
  readonly api: ApiDefinition;
  readonly tables?: { readonly [Table in keyof Tables]: TableDefinition<Tables[Table]> };
  /** What `lambdakit secret set` gives a value, in each environment its own. */
  readonly secrets?: { readonly [Name in SecretName]: SecretDefinition };
  readonly functions: {
    readonly [Name in FunctionName]: FunctionDefinition<NoInfer<Tables>, NoInfer<SecretName>>;
  };
  readonly alarms?: AlarmsDefinition;
  readonly recovery?: RecoveryDefinition;
  /** Tags on every resource. `Environment` and `ManagedBy` are added. */
  readonly tags?: Readonly<Record<string, string>>;
  /** A JSON file, relative to `service.ts`, of requests that `lambdakit dev --sample-data` sends. */
  readonly sampleData?: string;
  readonly environments: {
    readonly [Name in EnvironmentName]: EnvironmentDefinition<NoInfer<FunctionName>>;
  };
}
