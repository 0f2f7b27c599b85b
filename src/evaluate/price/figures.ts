import { environmentVariables, routeName } from "../../names.ts";
import type { RoutePlan, ServicePlan } from "../../plan/index.ts";
import { Rational } from "./rational.ts";
import { type ItemFigures, type TableUnits, tableUnits } from "./table-calls.ts";

/** What one request to a route takes. */
export interface RouteFigures {
  /** Its part of all requests; those of all routes are one. */
  readonly share: Rational;
  /** For which Lambda bills, with the time that it takes to initialise. */
  readonly durationMs: Rational;
  /** By the table's key. */
  readonly tables: ReadonlyMap<string, TableUnits>;
  readonly responseBytes: Rational;
  readonly functionLogBytes: Rational;
}

/** What the function that checks callers' tokens takes. */
export interface AuthorizerFigures {
  /** For each request to a route that asks for scopes. */
  readonly invocations: Rational;
  readonly durationMs: Rational;
  readonly logBytes: Rational;
}

/** All that a month's bill depends on, beside the plan and the prices. */
export interface Figures {
  /** Of a month of 30 days. */
  readonly requests: Rational;
  /** By the route, such as `GET /v1.0/products`. */
  readonly routes: ReadonlyMap<string, RouteFigures>;
  /** Counts only where a route asks for scopes. */
  readonly authorizer: AuthorizerFigures;
  readonly accessLogBytes: Rational;
  readonly itemBytes: Rational;
  /** Items in each table, by its key. */
  readonly items: ReadonlyMap<string, Rational>;
}

/**
 * What is taken where nobody says anything else. None of it was measured on AWS; what is said with a command,
 * and what CloudWatch has seen, goes before it.
 */
export const assumptions = {
  requests: Rational.of(1_000_000),
  items: Rational.of(100_000),
  itemBytes: Rational.of(1024),
  pageItems: Rational.of(20),
  durationMs: Rational.of(50),
  /** Headers, and what is around a body in JSON. */
  responseOverheadBytes: Rational.of(512),
  /** One line of JSON, of the fields that terraform/modules/rest-api has. */
  accessLogBytes: Rational.of(640),
  /** Lambda's lines of an invocation, START and REPORT. */
  platformLogBytes: Rational.of(1024),
  /** The function's own line at INFO, and its metrics. */
  ownLogBytes: Rational.of(1024),
  /** Above INFO: a line that has metrics alone. */
  metricsLogBytes: Rational.of(512),
  /** As if no token came twice within the time that API Gateway uses an answer again for: the most there can be. */
  authorizerInvocations: Rational.one,
  /** The one line that the authorizer writes at every level. */
  authorizerLogBytes: Rational.of(512),
} as const;

/** What somebody has said of a service, where it goes before what is assumed. */
export interface GivenFigures {
  readonly requests?: Rational;
  readonly itemBytes?: Rational;
  readonly pageItems?: Rational;
}

/** @returns what the plan and the assumptions come to, with the same share for all routes */
export function assumedFigures(plan: ServicePlan, given: GivenFigures = {}): Figures {
  const { routes } = plan.api;
  const itemBytes = given.itemBytes ?? assumptions.itemBytes;
  const items = { itemBytes, pageItems: given.pageItems ?? assumptions.pageItems };
  const share = Rational.one.dividedBy(Rational.of(Math.max(1, routes.length)));
  return {
    requests: given.requests ?? assumptions.requests,
    authorizer: {
      invocations: assumptions.authorizerInvocations,
      durationMs: assumptions.durationMs,
      logBytes: assumptions.platformLogBytes.plus(assumptions.authorizerLogBytes),
    },
    accessLogBytes: assumptions.accessLogBytes,
    itemBytes,
    items: new Map(plan.tables.map(({ key }) => [key, assumptions.items])),
    routes: new Map(
      routes.map((route) => [routeName(route), routeFigures(plan, route, items, share)]),
    ),
  };
}

function routeFigures(
  plan: ServicePlan,
  route: RoutePlan,
  items: ItemFigures,
  share: Rational,
): RouteFigures {
  const owner = plan.functions.find(({ key }) => key === route.function);
  const grants = owner?.role.statements.flatMap(({ actions }) => actions) ?? [];
  const isPage = grants.some((action) => /:(Query|Scan)$/.test(action));
  const hasBody = !route.responses.some(({ status }) => status === 204);
  const bodyBytes = isPage ? items.itemBytes.times(items.pageItems) : items.itemBytes;
  const level = owner?.environmentVariables[environmentVariables.logLevel] ?? "INFO";
  const logsItself = ["DEBUG", "INFO"].includes(level);
  return {
    share,
    durationMs: assumptions.durationMs,
    tables: new Map(
      owner === undefined
        ? []
        : plan.tables.map((table) => [table.key, tableUnits(owner, table, items)]),
    ),
    responseBytes: assumptions.responseOverheadBytes.plus(hasBody ? bodyBytes : Rational.zero),
    functionLogBytes: assumptions.platformLogBytes.plus(
      logsItself ? assumptions.ownLogBytes : assumptions.metricsLogBytes,
    ),
  };
}
