import { LambdakitError, nearest } from "../../../errors/index.ts";
import {
  assumedFigures,
  type Figures,
  type MeasuredUse,
  measuredFigures,
  Rational,
  type RouteFigures,
  type TableUnits,
  withRoutes,
} from "../../../evaluate/index.ts";
import { answeringFunctions, authorizerKey, routeName } from "../../../names.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import type { Input } from "../../command.ts";
import {
  type AmountForm,
  count,
  duration,
  type NamedAmounts,
  plainNumber,
  readAmount,
  readNamedAmounts,
  size,
} from "./amounts.ts";

/** What was said on the command line of how a service is used. */
export interface Given {
  readonly requests: Rational | undefined;
  readonly itemBytes: Rational | undefined;
  readonly pageItems: Rational | undefined;
  readonly logBytes: Rational | undefined;
  /** Per cents, by route or function. */
  readonly mix: NamedAmounts | undefined;
  /** Milliseconds, by route or function, also of the authorizer. */
  readonly durations: NamedAmounts | undefined;
  readonly reads: NamedAmounts | undefined;
  readonly writes: NamedAmounts | undefined;
  /** By table. */
  readonly items: NamedAmounts | undefined;
}

/** @throws {LambdakitError} CLI_BAD_VALUE, also where a name is nothing of the service's */
export function readGiven(input: Input, plan: ServicePlan): Given {
  const one = (option: string, form: AmountForm) => {
    const text = input.text(option);
    return text === undefined ? undefined : readAmount(`--${option}`, text, form);
  };
  const named = (option: string, form: AmountForm, names: readonly string[]) => {
    const text = input.text(option);
    if (text === undefined) return undefined;
    const amounts = readNamedAmounts(`--${option}`, text, form);
    for (const name of amounts.byName.keys()) requireName(`--${option}`, name, names);
    return amounts;
  };
  refuseWithoutTables(input, plan);
  const routes = routeNames(plan);
  return {
    requests: one("requests", count),
    itemBytes: one("item-size", size),
    pageItems: one("page-items", count),
    logBytes: one("log-size", size),
    mix: requireWhole(named("mix", plainNumber, routes)),
    durations: named("duration", duration, [
      ...routes,
      ...(plan.api.authorizer === null ? [] : [authorizerKey]),
    ]),
    reads: named("reads", plainNumber, routes),
    writes: named("writes", plainNumber, routes),
    items: named(
      "items",
      count,
      plan.tables.map(({ key }) => key),
    ),
  };
}

/** What a route may be called: itself, or the function that answers it. */
function routeNames(plan: ServicePlan): string[] {
  return [...answering(plan), ...plan.api.routes.map(routeName)];
}

/** The keys of the functions that have routes: what others cost, nobody can tell. */
export function answering({ api }: ServicePlan): string[] {
  return [...answeringFunctions(api)];
}

/** What would do nothing is said. */
function refuseWithoutTables(input: Input, { service, tables }: ServicePlan): void {
  const option = ["reads", "writes", "items"].find((one) => input.text(one) !== undefined);
  if (option === undefined || tables.length > 0) return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--${option} is about tables, and ${service} has none.`,
    fix: `leave out --${option}`,
    at: `--${option}`,
  });
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
export function requireName(option: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `${option} names "${name}", and there are ${names.join(", ")}.`,
    fix: `write ${near ?? names[0] ?? "a name"} instead of ${name}`,
    at: option,
  });
}

function requireWhole(mix: NamedAmounts | undefined): NamedAmounts | undefined {
  if (mix === undefined) return undefined;
  const sum = Rational.sum(mix.byName.values());
  const isWhole = mix.other === undefined && sum.compare(Rational.of(100)) === 0;
  if (isWhole) return mix;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message:
      mix.other === undefined
        ? `The shares of --mix come to ${sum.toNumber()} %, and have to be 100.`
        : "Each share of --mix belongs to a route or a function.",
    fix: "write --mix list=70,get=30, so that they come to 100",
    at: "--mix",
  });
}

/**
 * What is assumed of a service, then what was measured of it, then what was said. Names that another plan of the service
 * does not have are left out, so that two plans can be asked the same.
 */
export function figuresOf(plan: ServicePlan, given: Given, use?: MeasuredUse): Figures {
  const assumed = assumedFigures(plan, {
    ...(given.itemBytes && { itemBytes: given.itemBytes }),
    ...(given.pageItems && { pageItems: given.pageItems }),
  });
  const seen = use === undefined ? assumed : measuredFigures(plan, assumed, use);
  const shares = given.mix && sharesOf(plan, given.mix);
  const said = (amounts: NamedAmounts | undefined, key: string, route: string) =>
    amounts?.byName.get(route) ?? amounts?.byName.get(key) ?? amounts?.other;
  const figures = withRoutes(plan, seen, (one, key, route): RouteFigures => {
    const reads = said(given.reads, key, route);
    const writes = said(given.writes, key, route);
    return {
      ...one,
      share: shares === undefined ? one.share : (shares.get(route) ?? Rational.zero),
      durationMs: said(given.durations, key, route) ?? one.durationMs,
      functionLogBytes: given.logBytes ?? one.functionLogBytes,
      tables: withUnits(one.tables, reads, writes),
    };
  });
  return {
    ...figures,
    requests: given.requests ?? figures.requests,
    authorizer: {
      ...figures.authorizer,
      durationMs:
        given.durations?.byName.get(authorizerKey) ??
        given.durations?.other ??
        figures.authorizer.durationMs,
    },
    items: new Map(
      [...figures.items].map(([table, number]) => [
        table,
        given.items?.byName.get(table) ?? given.items?.other ?? number,
      ]),
    ),
  };
}

/** A function's share is that of all its routes alike; what is left of another plan's routes is the whole again. */
function sharesOf(plan: ServicePlan, mix: NamedAmounts): ReadonlyMap<string, Rational> {
  const parts = plan.api.routes.map((route) => {
    const alike = plan.api.routes.filter((one) => one.function === route.function).length;
    const own = mix.byName.get(routeName(route)) ?? Rational.zero;
    const shared = mix.byName.get(route.function) ?? Rational.zero;
    return [routeName(route), own.plus(shared.dividedBy(Rational.of(alike)))] as const;
  });
  const whole = Rational.sum(parts.map(([, part]) => part));
  return new Map(
    parts.map(([route, part]) => [
      route,
      whole.isZero ? Rational.one.dividedBy(Rational.of(parts.length)) : part.dividedBy(whole),
    ]),
  );
}

/** Units that were said are those of all tables together. */
function withUnits(
  tables: ReadonlyMap<string, TableUnits>,
  reads: Rational | undefined,
  writes: Rational | undefined,
): ReadonlyMap<string, TableUnits> {
  return new Map(
    [...tables].map(([table, units], position) => [
      table,
      {
        reads: reads === undefined ? units.reads : position === 0 ? reads : Rational.zero,
        writes: writes === undefined ? units.writes : position === 0 ? writes : Rational.zero,
      },
    ]),
  );
}
