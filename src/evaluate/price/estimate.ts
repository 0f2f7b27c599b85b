import { LambdakitError } from "../../errors/index.ts";
import { routeName } from "../../names.ts";
import type { EnvironmentName, ServicePlan } from "../../plan/index.ts";
import { charge, type Tariff } from "./charge.ts";
import type { Figures } from "./figures.ts";
import { factsOf, type Meter, meterNames, type Part, parts } from "./meter.ts";
import { Rational } from "./rational.ts";
import { fixedUsage, routeUsages, type Usage } from "./usage.ts";

/** What a month costs, in US dollars without tax. */
export interface Estimate {
  readonly service: string;
  readonly environment: EnvironmentName;
  /** Whose prices these are. */
  readonly region: string;
  readonly requests: Rational;
  readonly routes: readonly RouteCost[];
  /** What is charged whether anybody asks or not. */
  readonly fixed: readonly FixedCost[];
  readonly routesUsd: Rational;
  readonly fixedUsd: Rational;
  readonly usd: Rational;
}

export interface RouteCost {
  readonly route: string;
  /** The key of the function that answers. */
  readonly function: string;
  readonly requests: Rational;
  readonly parts: Readonly<Record<Part, Rational>>;
  readonly usd: Rational;
}

export interface FixedCost {
  readonly meter: Meter;
  readonly amount: Rational;
  readonly usd: Rational;
}

/**
 * Works out what a service costs. Tiers hold for all routes together, as AWS counts them for an account; each route
 * then bears its part of what all of them use.
 *
 * @throws {LambdakitError} COST_NO_ROUTES, COST_NO_PRICES
 */
export function estimate(plan: ServicePlan, figures: Figures, tariff: Tariff): Estimate {
  if (plan.api.routes.length === 0) {
    throw new LambdakitError("COST_NO_ROUTES", {
      message: `${plan.service} has no routes, and what is charged for each request follows from those.`,
      fix: "add routes to a function in service.ts",
      at: "functions",
    });
  }
  const usages = routeUsages(plan, figures);
  const prices = unitPrices([...usages.values()], tariff);
  const routes = plan.api.routes.map((route): RouteCost => {
    const name = routeName(route);
    const usage = usages.get(name) ?? new Map();
    const costs = Object.fromEntries(
      parts.map((part) => [part, partCost(part, usage, prices)]),
    ) as Record<Part, Rational>;
    return {
      route: name,
      function: route.function,
      requests: usage.get("api-requests") ?? Rational.zero,
      parts: costs,
      usd: Rational.sum(Object.values(costs)),
    };
  });
  const fixed = [...fixedUsage(plan, figures)].map(
    ([meter, amount]): FixedCost => ({ meter, amount, usd: charge(meter, amount, tariff) }),
  );
  const routesUsd = Rational.sum(routes.map(({ usd }) => usd));
  const fixedUsd = Rational.sum(fixed.map(({ usd }) => usd));
  return {
    service: plan.service,
    environment: plan.environment,
    region: tariff.region,
    requests: figures.requests,
    routes,
    fixed,
    routesUsd,
    fixedUsd,
    usd: routesUsd.plus(fixedUsd),
  };
}

/** What a unit of each meter comes to, with all that the routes use of it together. */
function unitPrices(usages: readonly Usage[], tariff: Tariff): ReadonlyMap<Meter, Rational> {
  return new Map(
    meterNames.flatMap((meter) => {
      const total = Rational.sum(usages.map((usage) => usage.get(meter) ?? Rational.zero));
      return total.isZero ? [] : [[meter, charge(meter, total, tariff).dividedBy(total)] as const];
    }),
  );
}

function partCost(part: Part, usage: Usage, prices: ReadonlyMap<Meter, Rational>): Rational {
  return Rational.sum(
    [...usage]
      .filter(([meter]) => factsOf(meter).part === part)
      .map(([meter, amount]) => amount.times(prices.get(meter) ?? Rational.zero)),
  );
}
