import { answeringFunctions, authorizerKey, routeName } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { AuthorizerFigures, Figures, RouteFigures } from "./figures.ts";
import { Rational } from "./rational.ts";
import type { TableUnits } from "./table-calls.ts";

/** What a service has used in a time, all together. */
export interface MeasuredUse {
  readonly days: Rational;
  readonly apiRequests: Rational;
  readonly accessLogBytes: Rational;
  /** By the function's key. */
  readonly functions: ReadonlyMap<string, FunctionUse>;
  /** By the table's key, with its indexes. */
  readonly tables: ReadonlyMap<string, TableUnits>;
}

export interface FunctionUse {
  readonly invocations: Rational;
  /** Of all invocations together. */
  readonly durationMs: Rational;
  readonly logBytes: Rational;
}

/**
 * Puts what was measured in the place of what is assumed: requests, how they spread over functions, how long those take,
 * how much they log, and the units that tables have given. DynamoDB counts units for a table, not for whoever asks:
 * what is assumed of the routes is made larger or smaller until it comes to what was measured. What nobody has used
 * stays as it is assumed.
 */
export function measuredFigures(plan: ServicePlan, figures: Figures, use: MeasuredUse): Figures {
  const answering = answeringFunctions(plan.api);
  const invocations = Rational.sum(
    [...use.functions].map(([key, one]) => (answering.has(key) ? one.invocations : Rational.zero)),
  );
  if (invocations.isZero) return figures;
  const requests = use.apiRequests.isZero ? invocations : use.apiRequests;
  const spread = spreadOver(plan, figures, use, invocations);
  const scales = new Map(
    [...use.tables].map(([table, units]) => [table, scaleOf(table, units, spread, requests)]),
  );
  return {
    ...figures,
    requests: requests.times(Rational.of(30)).dividedBy(use.days),
    authorizer: authorizerFigures(plan, figures, use, guardedRequests(plan, spread, requests)),
    accessLogBytes: use.accessLogBytes.isZero
      ? figures.accessLogBytes
      : use.accessLogBytes.dividedBy(requests),
    routes: new Map(
      [...spread].map(([route, one]) => [
        route,
        {
          ...one,
          tables: new Map(
            [...one.tables].map(([table, units]) => [table, scales.get(table)?.(units) ?? units]),
          ),
        },
      ]),
    ),
  };
}

/** Shares, durations and lines by function; routes of one function have the same parts of it as before. */
function spreadOver(
  { api }: ServicePlan,
  figures: Figures,
  use: MeasuredUse,
  invocations: Rational,
): ReadonlyMap<string, RouteFigures> {
  const alike = (functionKey: string) => api.routes.filter((one) => one.function === functionKey);
  return new Map(
    api.routes.flatMap((route) => {
      const name = routeName(route);
      const one = figures.routes.get(name);
      if (one === undefined) return [];
      const own = use.functions.get(route.function);
      if (own === undefined || own.invocations.isZero) {
        return [[name, { ...one, share: Rational.zero }] as const];
      }
      const part = Rational.of(alike(route.function).length);
      const measured = {
        ...one,
        share: own.invocations.dividedBy(invocations).dividedBy(part),
        durationMs: own.durationMs.dividedBy(own.invocations),
        ...(own.logBytes.isZero
          ? {}
          : { functionLogBytes: own.logBytes.dividedBy(own.invocations) }),
      };
      return [[name, measured] as const];
    }),
  );
}

/** Those to routes that ask for scopes. */
function guardedRequests(
  { api }: ServicePlan,
  routes: ReadonlyMap<string, RouteFigures>,
  requests: Rational,
): Rational {
  const guarded = api.routes.filter(({ auth }) => auth.type === "jwt");
  const shares = guarded.map((route) => routes.get(routeName(route))?.share ?? Rational.zero);
  return requests.times(Rational.sum(shares));
}

/** What it refused belongs to the requests that it let through; where there are none, it stays as it is assumed. */
function authorizerFigures(
  { api }: ServicePlan,
  { authorizer }: Figures,
  use: MeasuredUse,
  guarded: Rational,
): AuthorizerFigures {
  const own = api.authorizer === null ? undefined : use.functions.get(authorizerKey);
  if (own === undefined || own.invocations.isZero || guarded.isZero) return authorizer;
  return {
    invocations: own.invocations.dividedBy(guarded),
    durationMs: own.durationMs.dividedBy(own.invocations),
    logBytes: own.logBytes.isZero ? authorizer.logBytes : own.logBytes.dividedBy(own.invocations),
  };
}

/** How the units that are assumed of each route become those that were measured of all. */
function scaleOf(
  table: string,
  measured: TableUnits,
  routes: ReadonlyMap<string, RouteFigures>,
  requests: Rational,
): (units: TableUnits) => TableUnits {
  const one = (kind: keyof TableUnits) => {
    const assumed = Rational.sum(
      [...routes.values()].map(({ share, tables }) =>
        share.times(tables.get(table)?.[kind] ?? Rational.zero),
      ),
    );
    const perRequest = measured[kind].dividedBy(requests);
    return (units: Rational) =>
      // Where no grant explains it, every request has its part of it.
      assumed.isZero ? perRequest : units.times(perRequest).dividedBy(assumed);
  };
  const [reads, writes] = [one("reads"), one("writes")];
  return (units) => ({ reads: reads(units.reads), writes: writes(units.writes) });
}
