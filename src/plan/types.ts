import type {
  EnvironmentName,
  HttpMethod,
  JsonSchema,
  LogLevel,
  Property,
  SecretStore,
} from "../manifest/index.ts";

/**
 * A manifest resolved for one environment: plain JSON, every name and number filled in, nothing left
 * to decide. Each part says in `from` which part of the manifest it comes from.
 */
export interface ServicePlan {
  readonly service: string;
  readonly description: string;
  readonly environment: EnvironmentName;
  readonly accountId: string;
  readonly region: string;
  /** Where callers are, or where the service waits for the day when that is lost. */
  readonly place: Place;
  /** The CloudWatch namespace of what the functions measure themselves. */
  readonly metricNamespace: string;
  /** Whether X-Ray follows requests through API and functions. */
  readonly tracing: boolean;
  readonly functions: readonly FunctionPlan[];
  readonly tables: readonly TablePlan[];
  readonly secrets: readonly SecretPlan[];
  readonly api: ApiPlan;
  readonly alarms: readonly AlarmPlan[];
  /** Whether callers get answers, by all alarms that wake somebody; null where there are none. */
  readonly serviceAlarm: ServiceAlarmPlan | null;
  readonly notify: NotifyPlan;
  readonly approval: ApprovalPlan;
  readonly recovery: RecoveryPlan;
  readonly deployment: DeploymentPlan;
  readonly tags: Readonly<Record<string, string>>;
}

export interface FunctionPlan {
  /** Its key in the manifest, such as `list`. */
  readonly key: string;
  /** Its name in AWS, such as `bbws-product-list-dev`. */
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  /** The source file, relative to `service.ts`; of the authorizer, the toolkit's `lambdakit/authorizer`. */
  readonly entry: string;
  /** The module in its zip, and the export that Lambda calls. */
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Invocations that may run at once; null where only the account's limit holds. */
  readonly reservedConcurrency: number | null;
  readonly ephemeralStorageMb: number;
  /** What its zip may have, in KB. */
  readonly maxPackageSizeKb: number;
  readonly codeCache: boolean;
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly logGroup: { readonly name: string; readonly retentionDays: number };
  readonly logging: LoggingPlan;
  readonly role: { readonly name: string; readonly statements: readonly Statement[] };
  readonly from: string;
}

/**
 * From which level on Lambda keeps log lines, in JSON: the function's own, and those of Lambda itself.
 *
 * The function's are INFO at most. Lambda takes a line without a level for INFO, and drops it where the level is
 * higher, metrics or not. So what is below `logLevel` is left out by the function, and metrics get through.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html (2026-11-27)
 */
export interface LoggingPlan {
  readonly applicationLevel: "DEBUG" | "INFO";
  readonly systemLevel: "DEBUG" | "INFO" | "WARN";
}

/** One statement of an IAM policy. Everything that no statement allows is denied. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** IAM's form: operator, key, values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly from: string;
}

export interface KeyPlan {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

export interface IndexPlan {
  readonly name: string;
  readonly arn: string;
  readonly partitionKey: KeyPlan;
  readonly sortKey: KeyPlan | null;
  readonly from: string;
}

export interface TablePlan {
  readonly key: string;
  readonly name: string;
  readonly arn: string;
  /** The environment variable that tells the functions this table's name. */
  readonly variable: string;
  readonly partitionKey: KeyPlan;
  readonly sortKey: KeyPlan | null;
  /** Others look after it: it is looked up, not made. */
  readonly existing: boolean;
  readonly timeToLiveAttribute: string | null;
  readonly indexes: readonly IndexPlan[];
  readonly from: string;
}

/** A secret: what it is called and who reads it, and never what it is. */
export interface SecretPlan {
  /** Its key in the manifest, such as `paymentKey`. */
  readonly key: string;
  readonly description: string;
  readonly store: SecretStore;
  /** Its name in the store, such as `/bbws/product/dev/payment-key`. */
  readonly name: string;
  /** In Secrets Manager with six `?` at the end: AWS adds six characters that nobody can know before. */
  readonly arn: string;
  /** The environment variable that tells its readers the name. */
  readonly variable: string;
  /** The keys of the functions that may read it. */
  readonly readers: readonly string[];
  readonly from: string;
}

export interface ApiPlan {
  readonly name: string;
  readonly stage: string;
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly RoutePlan[];
  /** One `OPTIONS` answer for each path that has routes. */
  readonly preflights: readonly PreflightPlan[];
  readonly cors: CorsPlan;
  readonly throttling: ThrottlingPlan;
  /** What stands before the routes that ask for scopes; null where none does. */
  readonly authorizer: AuthorizerPlan | null;
  /** Of the access log: one line for each request, whatever the functions write. */
  readonly logGroup: { readonly name: string; readonly retentionDays: number };
  readonly from: string;
}

/** How many requests all callers together may send: in the long run, and at once. */
export interface ThrottlingPlan {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/**
 * Who may call a route: everybody, whoever IAM allows to, or whoever has a token with all of the scopes.
 * The function that answers holds it against the request once more (`ROUTE_AUTH`).
 */
export type RouteAuthPlan =
  | { readonly type: "none" }
  | { readonly type: "iam" }
  | { readonly type: "jwt"; readonly scopes: readonly string[] };

/** Whose tokens are taken. */
export interface JwtPlan {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly jwksUri: string;
}

/** The function that checks callers' tokens for API Gateway. */
export interface AuthorizerPlan extends JwtPlan {
  /** One more function of the service, and the last of its `functions`. */
  readonly function: FunctionPlan;
  /** How long API Gateway uses an answer again for the same token. */
  readonly cacheSeconds: number;
  readonly from: string;
}

export interface RoutePlan {
  readonly method: HttpMethod;
  /** The path template, such as `/v1.0/products/{productId}`. */
  readonly path: string;
  /** The key of the function that answers. */
  readonly function: string;
  readonly auth: RouteAuthPlan;
  /** Its own; null where only the API's holds. */
  readonly throttling: ThrottlingPlan | null;
  readonly example: {
    readonly pathParameters: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    /** Null where the request has no body. */
    readonly body: unknown;
  };
  /** Every path parameter, and those of the query and the headers that the manifest states. */
  readonly parameters: readonly ParameterPlan[];
  /** What the body has to be; null where the method has none or the manifest does not say. */
  readonly body: JsonSchema | null;
  /** The answers that the manifest states, by status. */
  readonly responses: readonly ResponsePlan[];
  readonly from: string;
}

export interface ParameterPlan extends Property {
  readonly in: "path" | "query" | "header";
}

export interface ResponsePlan {
  readonly status: number;
  readonly description: string;
  readonly headers: readonly Property[];
  /** Null where the manifest states none. */
  readonly body: JsonSchema | null;
}

export interface PreflightPlan {
  readonly path: string;
  readonly allowMethods: readonly string[];
}

export interface CorsPlan {
  readonly allowOrigins: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number;
}

export type AlarmKind =
  | "function-errors"
  | "function-duration"
  | "function-throttles"
  | "function-concurrency"
  | "api-server-errors"
  | "api-error-budget"
  | "api-latency"
  | "table-throttles"
  | "table-system-errors";

/** `page` wakes somebody; `ticket` is looked at in the morning. */
export type Severity = "page" | "ticket";

/** A metric alarm, whole: Terraform, the runbook, the evaluator and the command line read the same one. */
export interface AlarmPlan {
  readonly name: string;
  readonly kind: AlarmKind;
  readonly severity: Severity;
  /** Its section in `runbooks/alarms.md`. */
  readonly runbook: string;
  /** What it is about, in a sentence for whoever is woken, and where it says what to do. */
  readonly description: string;
  /** The function's, the API's or the table's name in AWS. */
  readonly subject: string;
  readonly metrics: readonly MetricPlan[];
  /** What is held against the threshold, in CloudWatch's metric maths; null where it is the only metric. */
  readonly expression: string | null;
  /** How it is held against the threshold, in CloudWatch's words. */
  readonly comparison: "GreaterThanThreshold";
  readonly threshold: number;
  readonly unit: "percent" | "milliseconds" | "count";
  /** Below this many events in a period it never fires; 0 where the metric needs no such floor. */
  readonly minimumCount: number;
  readonly periodSeconds: number;
  /** How many periods are looked at. */
  readonly periods: number;
  /** How many of them have to be bad. */
  readonly datapointsToAlarm: number;
  /** What counts for a period without a figure. */
  readonly missingData: "notBreaching";
  readonly from: string;
}

/** An alarm over other alarms. */
export interface ServiceAlarmPlan {
  readonly name: string;
  readonly description: string;
  readonly runbook: string;
  /** In CloudWatch's form: which states of which alarms make it fire. */
  readonly rule: string;
  /** The names of those alarms. */
  readonly alarms: readonly string[];
  readonly from: string;
}

/** Who hears of alarms, as `mailto:` or `https:` addresses. */
export interface NotifyPlan {
  readonly page: readonly string[];
  readonly ticket: readonly string[];
}

/** A figure that an alarm looks at. */
export interface MetricPlan {
  /** What the alarm's expression calls it. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What has to be typed before this environment is changed. */
export interface ApprovalPlan {
  readonly confirmation: string | null;
  readonly reasonRequired: boolean;
}

/** `primary`: the environment's region. `standby`: its `recoveryRegion`, in the same account. */
export type Place = "primary" | "standby";

export interface RecoveryPlan {
  readonly rpoMinutes: number;
  readonly rtoMinutes: number;
  /** Where the service stands by; null without `recoveryRegion`. The same in both places. */
  readonly standby: StandbyPlan | null;
}

export interface StandbyPlan {
  readonly region: string;
  /** The name that callers use, which moves; null where somebody else moves them. */
  readonly domain: DomainPlan | null;
  readonly from: string;
}

/** A name in Route 53 that answers with the primary while that is healthy, and with the standby else. */
export interface DomainPlan {
  readonly name: string;
  /** The hosted zone that its records lie in. */
  readonly zoneId: string;
  /** How long a resolver may keep an answer. */
  readonly recordTtlSeconds: number;
  readonly healthCheck: HealthCheckPlan;
  readonly from: string;
}

/** What Route 53 asks the primary for, each of its checkers by itself. */
export interface HealthCheckPlan {
  /** With the stage, and the query of the route's example: a route that anybody may call. */
  readonly path: string;
  readonly intervalSeconds: 10 | 30;
  /** How many answers in a row have to be bad. */
  readonly failureThreshold: number;
}

/** Where Terraform keeps what, and what it calls that which belongs to no single function or table. */
export interface DeploymentPlan {
  /** How everything of the organisation is called in the beginning. */
  readonly prefix: string;
  /** The GitHub repository whose workflows may deploy, such as `acme/shop`; null where none may. */
  readonly repository: string | null;
  /** The branch that is deployed, such as `main`. */
  readonly branch: string;
  /** The alias that the API calls. */
  readonly alias: string;
  readonly stateBucket: string;
  readonly stateKey: string;
  readonly artifactBucket: string;
  /** Where the history lies in the artifact bucket, with a slash behind. */
  readonly history: string;
  /** What GitHub's workflows deploy as, and what they plan as before somebody approves. */
  readonly deployRole: string;
  readonly planRole: string;
  /** What the next environment's account reads the releases of this one as; null where there is none. */
  readonly releasesRole: string | null;
  /** Where releases come from; null where they are built. */
  readonly previous: PreviousEnvironment | null;
  /** Where releases go to; null at the end. */
  readonly next: NextEnvironment | null;
  /** The policy that no function's role can go beyond. */
  readonly permissionsBoundary: { readonly name: string; readonly arn: string };
  /** The alias of the key that messages of alarms are encrypted with. */
  readonly alarmKey: string;
  /** Where alarms go that wake somebody, and where the others go. */
  readonly pageTopic: string;
  readonly alarmTopic: string;
  readonly dashboard: string;
  /** How the names of everything begin that belongs to the service. */
  readonly resourcePrefix: string;
}

/** The environment before: where its releases lie, and the role there that may read them. */
export interface PreviousEnvironment {
  readonly environment: EnvironmentName;
  readonly accountId: string;
  readonly region: string;
  readonly artifactBucket: string;
  readonly releasesRoleArn: string;
}

/** The environment behind, and the roles of its workflows: they read the releases of this one. */
export interface NextEnvironment {
  readonly environment: EnvironmentName;
  readonly accountId: string;
  readonly deployRoleArn: string;
  readonly planRoleArn: string;
}

export type { EnvironmentName, JsonSchema, LogLevel, Property, SecretStore };
