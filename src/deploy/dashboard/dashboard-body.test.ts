import { describe, expect, it } from "vitest";
import product from "../../../services/product/service.ts";
import { validateManifest } from "../../manifest/index.ts";
import { serviceMetrics } from "../../names.ts";
import { planService, type ServicePlan } from "../../plan/index.ts";
import { canonicalJson } from "../../system/index.ts";
import { dashboardBody } from "./index.ts";
import type { GraphLine, GraphWidget, PlacedWidget } from "./widget.ts";

const functionsOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, number) => [
      `f${number}`,
      {
        description: "One of many",
        entry: "f.ts",
        routes: [`GET /f${number}` as const],
        auth: "none",
        tables: { products: [{ allow: ["GetItem" as const] }] },
      },
    ]),
  );

const plans = {
  "of the Product service in dev": planOf(product, "dev"),
  "of the Product service in prod": planOf(product, "prod"),
  "of 120 functions": planOf({ ...product, functions: functionsOf(120) }, "sit"),
  "of one function without a route": planOf(
    { ...product, tables: {}, functions: { job: { description: "A job", entry: "job.ts" } } },
    "dev",
  ),
};

describe.each(Object.entries(plans))("the dashboard %s", (_, plan) => {
  const { widgets } = dashboardBody(plan);
  const graphs = widgets.filter(
    (widget): widget is PlacedWidget & GraphWidget => widget.type === "metric",
  );
  const lines = graphs.flatMap(({ properties }) => properties.metrics);

  it("lies on the grid of 24 columns, and no widget on another", () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(cells).not.toContain(`${column} ${row}`);
          cells.add(`${column} ${row}`);
        }
      }
    }
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (2026-11-27)
  it("keeps to what CloudWatch takes: 500 widgets, 500 lines in one, 100 alarms in one", () => {
    expect(widgets.length).toBeLessThanOrEqual(500);
    for (const { properties } of graphs) {
      expect(properties.metrics.length, properties.title).toBeGreaterThan(0);
      expect(properties.metrics.length, properties.title).toBeLessThanOrEqual(500);
      expect(properties.period % 60).toBe(0);
    }
    for (const widget of widgets) {
      if (widget.type === "alarm") expect(widget.properties.alarms.length).toBeLessThanOrEqual(100);
      if (widget.type === "log") {
        expect(widget.properties.query.match(/SOURCE '/g)?.length).toBeLessThanOrEqual(50);
      }
    }
  });

  it("shows the state of every alarm, and of nothing else", () => {
    const shown = widgets.flatMap((widget) =>
      widget.type === "alarm" ? widget.properties.alarms : [],
    );
    expect(shown.map((arn) => arn.split(":alarm:")[1])).toEqual([
      ...(plan.serviceAlarm === null ? [] : [plan.serviceAlarm.name]),
      ...plan.alarms.map(({ name }) => name).sort(),
    ]);
    expect(new Set(shown.map((arn) => arn.split(":alarm:")[0]))).toEqual(
      new Set([`arn:aws:cloudwatch:${plan.region}:${plan.accountId}`]),
    );
  });

  it("shows for every alarm what it holds against its threshold, and the threshold", () => {
    for (const { metrics, threshold, expression, subject, periodSeconds } of plan.alarms) {
      // Two kinds may look at the same metrics, over other times.
      const ofPeriod = graphs.filter(({ properties }) => properties.period === periodSeconds);
      const graph = ofPeriod.find(({ properties }) =>
        metrics.every((metric) =>
          properties.metrics.some((line) => {
            const [namespace, name, ...rest] = line;
            const stat = optionsOf(line).stat;
            return (
              namespace === metric.namespace &&
              name === metric.name &&
              stat === metric.statistic &&
              JSON.stringify(rest.slice(0, -1)) ===
                JSON.stringify(Object.entries(metric.dimensions).sort().flat())
            );
          }),
        ),
      );
      const { annotations, metrics: shown = [] } = graph?.properties ?? {};
      expect(annotations?.horizontal.map(({ value }) => value)).toContain(threshold);
      if (expression === null) continue;
      const visible = shown
        .map(optionsOf)
        .find(({ expression: shownExpression, label }) => shownExpression && label === subject);
      // Each of its names is a line of the same graph.
      const names: string[] = visible?.expression?.match(/\ba\d+_\w+/g) ?? [];
      expect(names).not.toEqual([]);
      const ids = shown.map((line) => optionsOf(line).id);
      expect(names.filter((name) => !ids.includes(name))).toEqual([]);
    }
  });

  it("has no id twice in one graph", () => {
    for (const { properties } of graphs) {
      const ids = properties.metrics.flatMap((line) => optionsOf(line).id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("names no metric that nobody writes, and each with the dimensions that it is kept by", () => {
    for (const line of lines) {
      const [namespace, name, ...rest] = line.filter((part) => typeof part === "string");
      if (namespace === undefined) continue;
      const dimensions = rest.filter((_, position) => position % 2 === 0).join(" ");
      expect(known(plan), `${namespace} ${name} by ${dimensions}`).toContain(
        `${namespace} ${name} ${dimensions}`,
      );
    }
  });

  it("asks for routes, functions and tables of this service only", () => {
    const parts = new Set([
      ...plan.functions.map(({ name }) => name),
      ...plan.tables.flatMap(({ name, indexes }) => [name, ...indexes.map((index) => index.name)]),
      ...plan.api.routes.map(({ method, path }) => `${method} ${path}`),
      plan.api.name,
      plan.api.stage,
      ...plan.alarms.flatMap(({ metrics }) =>
        metrics.flatMap(({ dimensions }) => Object.values(dimensions)),
      ),
    ]);
    for (const line of lines) {
      const values = line
        .filter((part) => typeof part === "string")
        .filter((_, position) => position > 2 && position % 2 === 1);
      for (const value of values) expect(parts).toContain(value);
    }
  });

  it("looks for errors in the logs of every function", () => {
    const queries = widgets.flatMap((widget) =>
      widget.type === "log" ? widget.properties.query : [],
    );
    const groups = queries.flatMap((query) =>
      [...query.matchAll(/SOURCE '([^']+)'/g)].map(([, name]) => name),
    );
    expect(groups).toEqual(plan.functions.map(({ logGroup }) => logGroup.name));
  });
});

it("the same plan gives the same bytes", () => {
  const plan = planOf(product, "prod");
  expect(JSON.stringify(dashboardBody(plan))).toBe(
    JSON.stringify(dashboardBody(planOf(product, "prod"))),
  );
});

it("is the same page from a release's record as from the manifest, so that a restore leaves nothing to change", () => {
  for (const plan of Object.values(plans)) {
    const recorded: ServicePlan = JSON.parse(canonicalJson(plan));
    expect(JSON.stringify(dashboardBody(recorded))).toBe(JSON.stringify(dashboardBody(plan)));
  }
});

/**
 * What AWS documents, and what the runtime writes.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (2026-11-27)
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html (2026-11-27)
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (2026-11-27)
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html (2026-11-27)
 */
function known({ metricNamespace }: ServicePlan): string[] {
  const lambda = ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"];
  const api = ["Count", "4XXError", "5XXError", "Latency", "IntegrationLatency"];
  const capacity = ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"];
  const throttles = ["ReadThrottleEvents", "WriteThrottleEvents"];
  return [
    ...lambda.map((name) => `AWS/Lambda ${name} FunctionName`),
    ...api.map((name) => `AWS/ApiGateway ${name} ApiName Stage`),
    ...[...capacity, ...throttles].flatMap((name) => [
      `AWS/DynamoDB ${name} TableName`,
      `AWS/DynamoDB ${name} TableName GlobalSecondaryIndexName`,
    ]),
    ...["ThrottledRequests", "SystemErrors"].map(
      (name) => `AWS/DynamoDB ${name} Operation TableName`,
    ),
    "AWS/DynamoDB ReplicationLatency ReceivingRegion TableName",
    "AWS/Backup NumberOfBackupJobsCompleted BackupVaultName",
    ...Object.values(serviceMetrics).map(
      ({ name, dimension }) => `${metricNamespace} ${name} ${dimension}`,
    ),
  ];
}

function optionsOf(line: GraphLine) {
  const last = line.at(-1);
  return typeof last === "object" ? last : {};
}

function planOf(definition: object, environment: "dev" | "sit" | "prod"): ServicePlan {
  const validation = validateManifest(definition);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, environment);
}
