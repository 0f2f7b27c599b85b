import { answeringFunctions, routeName, type ServiceMetric, serviceMetrics } from "../../names.ts";
import type { FunctionPlan, RoutePlan, ServicePlan } from "../../plan/index.ts";
import type { Figures, RouteFigures } from "./figures.ts";
import type { Meter } from "./meter.ts";
import { Rational } from "./rational.ts";

/** What AWS counts in a month, by the meter. */
export type Usage = ReadonlyMap<Meter, Rational>;

const kb = Rational.of(1024);
const gb = kb.times(kb).times(kb);
const secondsOfMonth = Rational.of(30 * 86_400);
const freeTmpMb = 512;

/** What the requests to each route are counted as, in the order of the plan. */
export function routeUsages(plan: ServicePlan, figures: Figures): ReadonlyMap<string, Usage> {
  const traced = tracedShare(figures.requests);
  return new Map(
    plan.api.routes.flatMap((route) => {
      const one = figures.routes.get(routeName(route));
      const owner = plan.functions.find(({ key }) => key === route.function);
      if (one === undefined || owner === undefined) return [];
      return [
        [
          routeName(route),
          together(
            routeUsage(plan, owner, one, figures, traced),
            authorizerUsage(plan, route, one, figures),
          ),
        ] as const,
      ];
    }),
  );
}

function routeUsage(
  plan: ServicePlan,
  owner: FunctionPlan,
  one: RouteFigures,
  figures: Figures,
  traced: Rational,
): Usage {
  const requests = figures.requests.times(one.share);
  const seconds = requests.times(one.durationMs).dividedBy(Rational.of(1000));
  const functionLogs = requests.times(one.functionLogBytes).dividedBy(gb);
  const accessLogs = requests.times(figures.accessLogBytes).dividedBy(gb);
  const units = [...one.tables.values()];
  return new Map<Meter, Rational>([
    ["lambda-requests", requests],
    [computeMeter(owner), seconds.times(Rational.of(owner.memoryMb)).dividedBy(kb)],
    [
      "lambda-storage",
      seconds.times(Rational.of(Math.max(0, owner.ephemeralStorageMb - freeTmpMb))).dividedBy(kb),
    ],
    ["api-requests", requests],
    ["data-out", requests.times(one.responseBytes).dividedBy(gb)],
    ["table-reads", requests.times(Rational.sum(units.map(({ reads }) => reads)))],
    ["table-writes", requests.times(Rational.sum(units.map(({ writes }) => writes)))],
    ["function-logs", functionLogs],
    ["access-logs", accessLogs],
    [
      "log-storage",
      kept(functionLogs, owner.logGroup.retentionDays).plus(
        kept(accessLogs, plan.api.logGroup.retentionDays),
      ),
    ],
    ["traces", requests.times(traced)],
  ]);
}

/** What it takes to ask whether callers may, where a route asks for scopes: all of it is Lambda's. */
function authorizerUsage(
  { api }: ServicePlan,
  { auth }: RoutePlan,
  { share }: RouteFigures,
  { requests, authorizer }: Figures,
): Usage {
  if (auth.type !== "jwt" || api.authorizer === null) return new Map();
  const { memoryMb, logGroup } = api.authorizer.function;
  const invocations = requests.times(share).times(authorizer.invocations);
  const seconds = invocations.times(authorizer.durationMs).dividedBy(Rational.of(1000));
  const logs = invocations.times(authorizer.logBytes).dividedBy(gb);
  return new Map<Meter, Rational>([
    ["lambda-requests", invocations],
    [computeMeter(api.authorizer.function), seconds.times(Rational.of(memoryMb)).dividedBy(kb)],
    ["function-logs", logs],
    ["log-storage", kept(logs, logGroup.retentionDays)],
  ]);
}

function together(one: Usage, other: Usage): Usage {
  const sums = [...other].map(
    ([meter, amount]) => [meter, amount.plus(one.get(meter) ?? Rational.zero)] as const,
  );
  return new Map([...one, ...sums]);
}

function computeMeter({ architecture }: FunctionPlan): Meter {
  return architecture === "arm64" ? "lambda-arm64" : "lambda-x86_64";
}

/** As it comes in: CloudWatch compresses what it keeps, and nobody knows how well. */
function kept(gbOfMonth: Rational, days: number): Rational {
  return gbOfMonth.times(Rational.of(days)).dividedBy(Rational.of(30));
}

/**
 * X-Ray's own rule: the first request of each second, and 5 % of the others. With requests spread evenly over
 * the month these are the most that it can be.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html (2026-11-27)
 */
function tracedShare(requests: Rational): Rational {
  if (requests.isZero) return Rational.zero;
  const first = requests.atMost(secondsOfMonth);
  const others = requests.minus(first).times(Rational.of("0.05"));
  return first.plus(others).dividedBy(requests);
}

/** DynamoDB adds them to each item, and to each in an index. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html (2026-11-27) */
const itemOverheadBytes = Rational.of(100);
/** Zips of this many releases; each is counted as large as its function's may be. */
const keptReleases = Rational.of(100);

/** How many the code reports; a name with another value of its dimension is another metric to CloudWatch. */
function metricsBy(dimension: ServiceMetric["dimension"]): number {
  return Object.values(serviceMetrics).filter((one) => one.dimension === dimension).length;
}

/** What there is without a single request. */
export function fixedUsage(plan: ServicePlan, figures: Figures): Usage {
  const own = plan.tables.filter(({ existing }) => !existing);
  const tableGb = own.map(({ key, indexes }) => ({
    gb: (figures.items.get(key) ?? Rational.zero)
      .times(figures.itemBytes.plus(itemOverheadBytes))
      .dividedBy(gb),
    copies: Rational.of(1 + indexes.length),
  }));
  const zipsKb = plan.functions.map(({ maxPackageSizeKb }) => Rational.of(maxPackageSizeKb));
  const answering = answeringFunctions(plan.api);
  return new Map<Meter, Rational>([
    ["table-storage", Rational.sum(tableGb.map((one) => one.gb.times(one.copies)))],
    // Of the tables alone: indexes are made anew from them.
    ["table-recovery", Rational.sum(tableGb.map((one) => one.gb))],
    ["alarm-metrics", Rational.of(plan.alarms.flatMap(({ metrics }) => metrics).length)],
    ["composite-alarms", Rational.of(plan.serviceAlarm === null ? 0 : 1)],
    ["dashboards", Rational.one],
    [
      "custom-metrics",
      Rational.of(
        metricsBy("function_name") * answering.size + metricsBy("route") * plan.api.routes.length,
      ),
    ],
    ["keys", Rational.one],
    ...secretUsage(plan),
    ["artifacts", Rational.sum(zipsKb).times(keptReleases).times(kb).dividedBy(gb)],
  ]);
}

/** As long as `createSecrets` keeps a value, unless it is told otherwise. */
const secretKeptSeconds = Rational.of(300);

/**
 * Of secrets in Secrets Manager, where there are some: one execution environment of each function that reads one
 * asks for it again all month long. How many more there are at a time, no plan knows.
 */
function secretUsage({ secrets }: ServicePlan): readonly (readonly [Meter, Rational])[] {
  const managed = secrets.filter(({ store }) => store === "secrets-manager");
  if (managed.length === 0) return [];
  const readers = Rational.of(managed.flatMap((one) => one.readers).length);
  return [
    ["secrets", Rational.of(managed.length)],
    ["secret-reads", secondsOfMonth.dividedBy(secretKeptSeconds).times(readers)],
  ];
}
