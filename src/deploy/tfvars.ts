import { routeName } from "../names.ts";
import type {
  AlarmPlan,
  ApiPlan,
  FunctionPlan,
  KeyPlan,
  LoggingPlan,
  MetricPlan,
  NotifyPlan,
  Place,
  ServiceAlarmPlan,
  ServicePlan,
  Statement,
  TablePlan,
  ThrottlingPlan,
} from "../plan/index.ts";
import { type DashboardBody, dashboardBody } from "./dashboard/index.ts";
import { type GatewayDocument, gatewayDocument } from "./gateway-document.ts";

/** The variables of `terraform/stacks/service`, but for `artifacts`: those change with the code. */
export interface ServiceVariables {
  readonly service: string;
  readonly environment: string;
  readonly account_id: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly alias: string;
  readonly artifact_bucket: string;
  readonly tracing: boolean;
  readonly permissions_boundary_arn: string;
  /** By the function's key. */
  readonly functions: Readonly<Record<string, FunctionVariables>>;
  /** By the table's key. */
  readonly tables: Readonly<Record<string, TableVariables>>;
  /** Null where no function has a route: API Gateway deploys no API without one. */
  readonly api: ApiVariables | null;
  /** Null where the API has no name of its own. */
  readonly domain: DomainVariables | null;
  /** By the alarm's name in AWS. */
  readonly alarms: Readonly<Record<string, AlarmVariables>>;
  readonly service_alarm: ServiceAlarmVariables | null;
  readonly notify: NotifyPlan;
  readonly page_topic: string;
  readonly alarm_topic: string;
  readonly alarm_key: string;
  readonly dashboard: DashboardVariables;
}

export interface FunctionVariables {
  readonly name: string;
  readonly description: string;
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: string;
  readonly memory_mb: number;
  readonly timeout_seconds: number;
  readonly reserved_concurrency: number | null;
  readonly ephemeral_storage_mb: number;
  readonly environment_variables: Readonly<Record<string, string>>;
  readonly log_group: string;
  readonly log_retention_days: number;
  readonly application_log_level: LoggingPlan["applicationLevel"];
  readonly system_log_level: LoggingPlan["systemLevel"];
  readonly role: string;
  readonly statements: readonly Omit<Statement, "from">[];
  /** Such as `GET /v1.0/products`: what the API may invoke it for. */
  readonly routes: readonly string[];
}

export interface TableVariables {
  readonly name: string;
  readonly existing: boolean;
  readonly partition_key: KeyPlan;
  readonly sort_key: KeyPlan | null;
  readonly time_to_live_attribute: string | null;
  /** The region that has a replica of it; null where there is none, or it is one itself. */
  readonly replica_region: string | null;
  /** By the index's name. */
  readonly indexes: Readonly<
    Record<string, { readonly partition_key: KeyPlan; readonly sort_key: KeyPlan | null }>
  >;
}

export interface ApiVariables {
  readonly name: string;
  readonly stage: string;
  readonly log_group: string;
  readonly log_retention_days: number;
  readonly requests_per_second: number;
  readonly burst: number;
  /** By the route, such as `POST /v1.0/products`: those that have limits of their own. */
  readonly route_throttling: Readonly<
    Record<string, { readonly requests_per_second: number; readonly burst: number }>
  >;
  /** The key of the function that says who may call; null where no route asks for a token. */
  readonly authorizer: string | null;
  readonly body: GatewayDocument;
}

export interface DomainVariables {
  readonly name: string;
  readonly zone_id: string;
  readonly place: Place;
  readonly record_ttl_seconds: number;
  readonly health_check: {
    readonly path: string;
    readonly interval_seconds: number;
    readonly failure_threshold: number;
  };
}

export interface DashboardVariables {
  readonly name: string;
  readonly body: DashboardBody;
}

export interface AlarmVariables {
  readonly description: string;
  readonly metrics: readonly MetricPlan[];
  readonly expression: string | null;
  readonly comparison: string;
  readonly threshold: number;
  readonly period_seconds: number;
  readonly periods: number;
  readonly datapoints_to_alarm: number;
  readonly missing_data: string;
  readonly severity: string;
}

export interface ServiceAlarmVariables {
  readonly name: string;
  readonly description: string;
  readonly rule: string;
}

/** What Terraform is told of one environment. The same plan gives the same bytes. */
export function tfvars(plan: ServicePlan): ServiceVariables {
  const { api, deployment } = plan;
  return {
    service: plan.service,
    environment: plan.environment,
    account_id: plan.accountId,
    region: plan.region,
    tags: plan.tags,
    alias: deployment.alias,
    artifact_bucket: deployment.artifactBucket,
    tracing: plan.tracing,
    permissions_boundary_arn: deployment.permissionsBoundary.arn,
    functions: byKey(plan.functions, ({ key }) => key, functionVariables(plan)),
    tables: byKey(plan.tables, ({ key }) => key, tableVariables(plan)),
    api:
      api.routes.length === 0
        ? null
        : {
            name: api.name,
            stage: api.stage,
            log_group: api.logGroup.name,
            log_retention_days: api.logGroup.retentionDays,
            requests_per_second: api.throttling.requestsPerSecond,
            burst: api.throttling.burst,
            route_throttling: routeThrottling(api),
            authorizer: api.authorizer?.function.key ?? null,
            body: gatewayDocument(plan),
          },
    domain: domainVariables(plan),
    alarms: byKey(plan.alarms, ({ name }) => name, alarmVariables),
    service_alarm: plan.serviceAlarm && serviceAlarmVariables(plan.serviceAlarm),
    notify: plan.notify,
    page_topic: deployment.pageTopic,
    alarm_topic: deployment.alarmTopic,
    alarm_key: deployment.alarmKey,
    dashboard: { name: deployment.dashboard, body: dashboardBody(plan) },
  };
}

function byKey<Part, Variables>(
  parts: readonly Part[],
  keyOf: (part: Part) => string,
  variablesOf: (part: Part) => Variables,
): Record<string, Variables> {
  return Object.fromEntries(parts.map((part) => [keyOf(part), variablesOf(part)]));
}

function functionVariables({ api }: ServicePlan): (one: FunctionPlan) => FunctionVariables {
  return (one) => ({
    name: one.name,
    description: one.description,
    handler: one.handler,
    runtime: one.runtime,
    architecture: one.architecture,
    memory_mb: one.memoryMb,
    timeout_seconds: one.timeoutSeconds,
    reserved_concurrency: one.reservedConcurrency,
    ephemeral_storage_mb: one.ephemeralStorageMb,
    environment_variables: one.environmentVariables,
    log_group: one.logGroup.name,
    log_retention_days: one.logGroup.retentionDays,
    application_log_level: one.logging.applicationLevel,
    system_log_level: one.logging.systemLevel,
    role: one.role.name,
    statements: one.role.statements.map(({ actions, resources, conditions }) => ({
      actions,
      resources,
      conditions,
    })),
    routes: api.routes.filter((route) => route.function === one.key).map(routeName),
  });
}

function routeThrottling({ routes }: ApiPlan): ApiVariables["route_throttling"] {
  return Object.fromEntries(
    routes.flatMap((route) =>
      route.throttling === null
        ? []
        : [[routeName(route), throttlingVariables(route.throttling)] as const],
    ),
  );
}

function throttlingVariables({ requestsPerSecond, burst }: ThrottlingPlan) {
  return { requests_per_second: requestsPerSecond, burst };
}

function tableVariables({ recovery }: ServicePlan): (table: TablePlan) => TableVariables {
  return (table) => ({
    name: table.name,
    existing: table.existing,
    partition_key: table.partitionKey,
    sort_key: table.sortKey,
    time_to_live_attribute: table.timeToLiveAttribute,
    replica_region: table.existing ? null : (recovery.standby?.region ?? null),
    indexes: byKey(
      table.indexes,
      ({ name }) => name,
      ({ partitionKey, sortKey }) => ({ partition_key: partitionKey, sort_key: sortKey }),
    ),
  });
}

function domainVariables({ recovery, place }: ServicePlan): DomainVariables | null {
  const domain = recovery.standby?.domain ?? null;
  if (domain === null) return null;
  const { path, intervalSeconds, failureThreshold } = domain.healthCheck;
  return {
    name: domain.name,
    zone_id: domain.zoneId,
    place,
    record_ttl_seconds: domain.recordTtlSeconds,
    health_check: {
      path,
      interval_seconds: intervalSeconds,
      failure_threshold: failureThreshold,
    },
  };
}

function alarmVariables(alarm: AlarmPlan): AlarmVariables {
  return {
    description: alarm.description,
    metrics: alarm.metrics,
    expression: alarm.expression,
    comparison: alarm.comparison,
    threshold: alarm.threshold,
    period_seconds: alarm.periodSeconds,
    periods: alarm.periods,
    datapoints_to_alarm: alarm.datapointsToAlarm,
    missing_data: alarm.missingData,
    severity: alarm.severity,
  };
}

function serviceAlarmVariables({
  name,
  description,
  rule,
}: ServiceAlarmPlan): ServiceAlarmVariables {
  return { name, description, rule };
}
