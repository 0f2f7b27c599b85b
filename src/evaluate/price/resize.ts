import { routeName } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { Figures, RouteFigures } from "./figures.ts";
import { Rational } from "./rational.ts";

/** From this size on a function has a whole processor, and one thread gets no faster. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (2026-11-27) */
const oneProcessorMb = 1_769;

/** A service whose functions have other sizes. */
export function resizePlan(plan: ServicePlan, memoryMb: ReadonlyMap<string, number>): ServicePlan {
  const functions = plan.functions.map((one) => ({
    ...one,
    memoryMb: memoryMb.get(one.key) ?? one.memoryMb,
  }));
  return { ...plan, functions };
}

/**
 * How long functions take with another size, where all that they do is to compute: in proportion to the processor
 * that they have. One that only waits takes as long as before, so that the truth is between the two.
 */
export function resizeDurations(
  before: ServicePlan,
  after: ServicePlan,
  figures: Figures,
): Figures {
  const factors = new Map(
    before.functions.map(({ key, memoryMb }) => {
      const other = after.functions.find((one) => one.key === key)?.memoryMb ?? memoryMb;
      const speed = (size: number) => Rational.of(Math.min(size, oneProcessorMb));
      return [key, speed(memoryMb).dividedBy(speed(other))] as const;
    }),
  );
  return withRoutes(after, figures, (one, key) => ({
    ...one,
    durationMs: one.durationMs.times(factors.get(key) ?? Rational.one),
  }));
}

/** Figures with those of each route changed; told with the key of the function that answers. */
export function withRoutes(
  { api }: ServicePlan,
  figures: Figures,
  change: (one: RouteFigures, functionKey: string, route: string) => RouteFigures,
): Figures {
  const keys = new Map(api.routes.map((route) => [routeName(route), route.function]));
  const routes = [...figures.routes].map(
    ([route, one]) => [route, change(one, keys.get(route) ?? "", route)] as const,
  );
  return { ...figures, routes: new Map(routes) };
}
