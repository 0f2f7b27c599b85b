import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { alarmsIn, parseRule } from "../evaluate/index.ts";
import {
  environmentNames,
  type Manifest,
  type TableAction,
  tableOperations,
  validateManifest,
} from "../manifest/index.ts";
import { loadService } from "../package/index.ts";
import { type AlarmKind, type FunctionPlan, planService, type ServicePlan } from "./index.ts";

const manifest = manifestOf(product);
const dev = planService(manifest, "dev");
const sit = planService(manifest, "sit");
const prod = planService(manifest, "prod");

describe("the plan of the Product service", () => {
  it.each(environmentNames)("is, to the letter, what test/golden has for %s", async (name) => {
    const golden = new URL(`../../test/golden/product.${name}.plan.json`, import.meta.url);
    const json = `${JSON.stringify(planService(manifest, name), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(fileURLToPath(golden));
  });

  it("has the reference's names", () => {
    expect(dev.functions.map(({ name }) => name)).toEqual([
      "bbws-product-list-dev",
      "bbws-product-get-dev",
      "bbws-product-create-dev",
      "bbws-product-update-dev",
      "bbws-product-delete-dev",
      "bbws-product-authorizer-dev",
    ]);
    expect(prod.tables.map(({ name, variable }) => [name, variable])).toEqual([
      ["products-prod", "DYNAMODB_TABLE"],
    ]);
    expect(sit.functions[0]?.logGroup.name).toBe("/aws/lambda/bbws-product-list-sit");
    expect(dev.api.name).toBe("bbws-product-api-dev");
    expect(prod.alarms.map(({ name }) => name)).toContain("bbws-product-create-errors-prod");
    expect(prod.alarms.map(({ name }) => name)).toContain("bbws-product-api-5xx-errors-prod");
  });

  it("is in the reference's accounts and regions", () => {
    expect([dev, sit, prod].map(({ accountId, region }) => [accountId, region])).toEqual([
      ["536580886816", "eu-west-1"],
      ["815856636111", "eu-west-1"],
      ["093646564004", "af-south-1"],
    ]);
    expect(prod.tables[0]?.arn).toBe(
      "arn:aws:dynamodb:af-south-1:093646564004:table/products-prod",
    );
    expect(sit.functions[1]?.arn).toBe(
      "arn:aws:lambda:eu-west-1:815856636111:function:bbws-product-get-sit",
    );
    expect([dev, sit, prod].map(({ recovery }) => recovery.standby)).toEqual([
      null,
      null,
      { region: "eu-west-1", domain: null, from: "environments.prod.recoveryRegion" },
    ]);
  });

  it("gets quieter, and keeps logs longer, towards prod", () => {
    const loudness = ({ functions }: ServicePlan) =>
      new Set(
        functions.map(
          (one) => `${one.environmentVariables.LOG_LEVEL} ${one.logGroup.retentionDays}`,
        ),
      );
    expect([dev, sit, prod].map((plan) => [...loudness(plan)])).toEqual([
      ["DEBUG 7"],
      ["INFO 14"],
      ["WARN 30"],
    ]);
  });

  it("runs every function on arm64 with 256 MB for 30 seconds, and the authorizer for 5", () => {
    for (const { key, runtime, architecture, memoryMb, timeoutSeconds } of prod.functions) {
      expect({ runtime, architecture, memoryMb, timeoutSeconds }).toEqual({
        runtime: "nodejs22.x",
        architecture: "arm64",
        memoryMb: 256,
        timeoutSeconds: key === "authorizer" ? 5 : 30,
      });
    }
  });

  it("tags everything with the service and the environment, and has a cost centre only in prod", () => {
    const shared = {
      Component: "Product-Lambda",
      ManagedBy: "Terraform",
      Owner: "Platform-Team",
      Project: "BBWS-Customer-Portal",
    };
    expect(dev.tags).toEqual({ ...shared, Environment: "dev" });
    expect(sit.tags).toEqual({ ...shared, Environment: "sit" });
    expect(prod.tags).toEqual({ ...shared, Environment: "prod", CostCenter: "Infrastructure" });
    for (const { tags } of [dev, sit, prod]) {
      expect(Object.keys(tags)).toEqual(Object.keys(tags).sort());
    }
  });

  it("asks for a longer word, and then for a reason, the nearer a change is to prod", () => {
    expect([dev, sit, prod].map(({ approval }) => approval)).toEqual([
      { confirmation: null, reasonRequired: false },
      { confirmation: "deploy", reasonRequired: false },
      { confirmation: "deploy-to-production", reasonRequired: true },
    ]);
  });

  it("answers OPTIONS once for each path, with the methods that the path has", () => {
    expect(dev.api.preflights).toEqual([
      { path: "/v1.0/products", allowMethods: ["GET", "POST", "OPTIONS"] },
      { path: "/v1.0/products/{productId}", allowMethods: ["GET", "PUT", "DELETE", "OPTIONS"] },
    ]);
  });

  it("says it in the morning when durations come to 83 percent of the timeout", () => {
    const alarm = dev.alarms.find(({ kind }) => kind === "function-duration");
    expect(alarm).toMatchObject({ threshold: 24_900, unit: "milliseconds", severity: "ticket" });
  });
});

describe("the alarms of the Product service", () => {
  const alarmOf = (kind: AlarmKind) => dev.alarms.find((one) => one.kind === kind);

  it("are three for each function, two for the authorizer, three for the API and two for the table", () => {
    const kinds = dev.alarms.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith("function-"))).toHaveLength(17);
    expect(kinds.slice(17)).toEqual([
      "api-server-errors",
      "api-error-budget",
      "api-latency",
      "table-throttles",
      "table-system-errors",
    ]);
  });

  it("judge failures by their share, and only when there are some: five errors in a thousand wake nobody", () => {
    expect(alarmOf("function-errors")).toMatchObject({
      expression: "IF(errors >= 5, 100 * errors / invocations, 0)",
      threshold: 1,
      unit: "percent",
    });
    expect(alarmOf("api-server-errors")).toMatchObject({
      expression: "IF(errors >= 10, 100 * errors / requests, 0)",
      threshold: 1,
    });
  });

  it("look at the slowest request in a hundred, of the API's own stage, and at half of them where there are few", () => {
    const alarm = alarmOf("api-latency");
    const dimensions = { ApiName: "bbws-product-api-dev", Stage: "v1" };
    expect(alarm?.metrics).toEqual([
      { id: "p99", namespace: "AWS/ApiGateway", name: "Latency", statistic: "p99", dimensions },
      { id: "p50", namespace: "AWS/ApiGateway", name: "Latency", statistic: "p50", dimensions },
      { id: "requests", namespace: "AWS/ApiGateway", name: "Count", statistic: "Sum", dimensions },
    ]);
    expect(alarm?.expression).toBe("IF(requests >= 100, p99, IF(requests >= 10, p50, 0))");
  });

  it("wake somebody where callers get no answers, all through one alarm", () => {
    const pages = prod.alarms.filter(({ severity }) => severity === "page");
    expect(new Set(pages.map(({ kind }) => kind))).toEqual(
      new Set(["function-throttles", "api-server-errors", "api-latency"]),
    );
    expect(prod.serviceAlarm).toMatchObject({
      name: "bbws-product-service-prod",
      alarms: pages.map(({ name }) => name),
    });
    expect(alarmsIn(parseRule(prod.serviceAlarm?.rule ?? ""))).toEqual(prod.serviceAlarm?.alarms);
  });

  it("are not about the authorizer's failures: each token that it refuses is one, and anybody can send them", () => {
    const kinds = dev.alarms.flatMap(({ subject, kind }) =>
      subject === "bbws-product-authorizer-dev" ? [kind] : [],
    );
    expect(kinds).toEqual(["function-duration", "function-throttles"]);
  });

  it("wake somebody for a function's failures where no API sees them", () => {
    const { routes, auth: _, ...direct } = product.functions.list;
    const plan = planService(manifestOf({ ...product, functions: { list: direct } }), "prod");
    expect(routes).toHaveLength(1);
    expect(plan.alarms.find(({ kind }) => kind === "function-errors")?.severity).toBe("page");
  });

  it("look at a function's own limit where it has one, and at no refusals where it is switched off", () => {
    const kinds = (reservedConcurrency: number) => {
      const list = { ...product.functions.list, reservedConcurrency };
      const plan = planService(manifestOf({ ...product, functions: { list } }), "dev");
      return plan.alarms.map(({ kind }) => kind).filter((kind) => kind.startsWith("function-"));
    };
    expect(kinds(20)).toContain("function-concurrency");
    expect(kinds(0)).toEqual(["function-errors", "function-duration"]);
  });

  it("count what goes wrong at a table over the operations that functions may call, transactions too", () => {
    const alarm = alarmOf("table-throttles");
    expect(alarm?.metrics.map(({ dimensions }) => dimensions.Operation)).toEqual([
      "GetItem",
      "PutItem",
      "Query",
      "TransactGetItems",
      "TransactWriteItems",
      "UpdateItem",
    ]);
    expect(alarm?.expression).toBe(
      "FILL(getItem, 0) + FILL(putItem, 0) + FILL(query, 0) + FILL(transactGetItems, 0) + FILL(transactWriteItems, 0) + FILL(updateItem, 0)",
    );
  });

  it("add up no more than CloudWatch can, whatever is granted, and need no sum for one operation, which has no figure most of the time", () => {
    const alarmsWith = (allow: readonly TableAction[]) =>
      planService(
        manifestOf({
          ...product,
          functions: {
            all: { description: "All", entry: "a.ts", tables: { products: [{ allow }] } },
          },
        }),
        "dev",
      ).alarms.filter(({ kind }) => kind.startsWith("table-"));
    const everything = alarmsWith([...new Set(Object.values(tableOperations).flat())]);
    expect(everything.map(({ metrics }) => metrics.length)).toEqual([10, 10]);
    const scans = alarmsWith(["Scan"]);
    expect(scans.map(({ metrics, expression }) => [metrics.length, expression])).toEqual([
      [1, "FILL(scan, 0)"],
      [1, "FILL(scan, 0)"],
    ]);
  });

  it("are none for an API without routes and for a table that no function uses", () => {
    const idle = manifestOf({
      ...product,
      functions: { work: { description: "Works", entry: "work.ts" } },
    });
    expect(planService(idle, "dev").alarms.map(({ kind }) => kind)).toEqual([
      "function-errors",
      "function-duration",
      "function-throttles",
    ]);
  });
});

describe("what Terraform is told of the Product service", () => {
  it("is where state and artifacts lie, and who may deploy", () => {
    expect(prod.deployment).toEqual({
      prefix: "bbws",
      repository: "BigBeardWebSolutions/2_bbws_product_lambda",
      branch: "main",
      alias: "live",
      stateBucket: "bbws-terraform-state-093646564004-af-south-1",
      stateKey: "services/product/prod.tfstate",
      artifactBucket: "bbws-artifacts-093646564004-af-south-1",
      history: "deployments/product/prod/",
      deployRole: "bbws-deploy-product-prod",
      planRole: "bbws-plan-product-prod",
      releasesRole: null,
      previous: {
        environment: "sit",
        accountId: "815856636111",
        region: "eu-west-1",
        artifactBucket: "bbws-artifacts-815856636111-eu-west-1",
        releasesRoleArn: "arn:aws:iam::815856636111:role/bbws-releases-product-sit",
      },
      next: null,
      permissionsBoundary: {
        name: "bbws-function-boundary",
        arn: "arn:aws:iam::093646564004:policy/bbws-function-boundary",
      },
      alarmKey: "alias/bbws-alarms",
      pageTopic: "bbws-product-lambda-pages-prod",
      alarmTopic: "bbws-product-lambda-alarms-prod",
      dashboard: "bbws-product-prod",
      resourcePrefix: "bbws-product",
    });
  });

  it("has the environments in a row: each reads its releases as a role of the one before", () => {
    const all = [dev, sit, prod];
    for (const [position, { accountId, deployment }] of all.entries()) {
      const before = all[position - 1];
      const behind = all[position + 1];
      const role = (of: typeof before, name = "") => `arn:aws:iam::${of?.accountId}:role/${name}`;
      expect(deployment.previous?.environment).toBe(before?.environment);
      if (before !== undefined) {
        expect(deployment.previous).toMatchObject({
          artifactBucket: before.deployment.artifactBucket,
          releasesRoleArn: role(before, before.deployment.releasesRole ?? "none"),
        });
        expect(before.deployment.next).toMatchObject({ accountId });
      }
      expect(deployment.next?.deployRoleArn).toBe(
        behind && role(behind, behind.deployment.deployRole),
      );
      expect(deployment.next?.planRoleArn).toBe(behind && role(behind, behind.deployment.planRole));
      expect(deployment.releasesRole === null).toBe(behind === undefined);
    }
  });

  it("names no repository where the manifest does not", () => {
    const { repository: _, ...rest } = product;
    expect(planService(manifestOf(rest), "dev").deployment.repository).toBeNull();
  });

  it("keeps Lambda's own lines at INFO, however quiet the function is, and metrics with them", () => {
    expect([dev, sit, prod].map(({ functions: [one] }) => one?.logging)).toEqual([
      { applicationLevel: "DEBUG", systemLevel: "INFO" },
      { applicationLevel: "INFO", systemLevel: "INFO" },
      { applicationLevel: "INFO", systemLevel: "INFO" },
    ]);
    const own = prod.functions.filter(({ key }) => key !== "authorizer");
    expect(own.map(({ environmentVariables }) => environmentVariables)).toMatchObject(
      own.map(() => ({
        LOG_LEVEL: "WARN",
        POWERTOOLS_METRICS_NAMESPACE: "bbws-product",
      })),
    );
  });

  it("lets no function write traces where nothing is traced", () => {
    const plan = planService(manifestOf({ ...product, tracing: false }), "dev");
    expect(plan.tracing).toBe(false);
    expect(JSON.stringify(plan.functions)).not.toContain("xray");
    expect(JSON.stringify(dev.functions)).toContain("xray:PutTraceSegments");
  });
});

describe("the permissions of a function", () => {
  const plans = [dev, sit, prod];

  it("are one statement for its logs, one for its traces, and one for each grant", () => {
    for (const plan of plans) {
      for (const lambda of plan.functions) {
        const [logs, traces, ...tables] = lambda.role.statements;
        expect(logs).toMatchObject({
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [
            `arn:aws:logs:${plan.region}:${plan.accountId}:log-group:${lambda.logGroup.name}:*`,
          ],
        });
        expect(traces).toMatchObject({
          actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
          resources: ["*"],
        });
        expect(tables).toEqual(statementsGrantedTo(lambda, plan));
      }
    }
  });

  it("name no resource with a wildcard, but for traces and for the streams of its own log group", () => {
    for (const lambda of plans.flatMap(({ functions }) => functions)) {
      const wide = lambda.role.statements.flatMap(({ actions, resources }) =>
        resources.filter((resource) => resource.includes("*")).map((one) => [actions[0], one]),
      );
      expect(wide).toEqual([
        ["logs:CreateLogStream", expect.stringMatching(`:${lambda.logGroup.name}:\\*$`)],
        ["xray:PutTelemetryRecords", "*"],
      ]);
    }
  });

  it("name no action with a wildcard", () => {
    const actions = plans
      .flatMap(({ functions }) => functions)
      .flatMap(({ role }) => role.statements.flatMap((statement) => statement.actions));
    expect(actions.filter((action) => !/^[a-z]+:[A-Za-z]+$/.test(action))).toEqual([]);
  });

  it("belong to a role of its own", () => {
    const roles = plans.flatMap(({ functions }) => functions.map(({ role }) => role.name));
    expect(new Set(roles).size).toBe(roles.length);
  });

  it("let a list read the index, and not the products in the table itself", () => {
    const [, , ...statements] =
      prod.functions.find(({ key }) => key === "list")?.role.statements ?? [];
    const table = "arn:aws:dynamodb:af-south-1:093646564004:table/products-prod";
    expect(statements.map(({ from: _, ...statement }) => statement)).toEqual([
      {
        actions: ["dynamodb:Query"],
        resources: [`${table}/index/ActiveProductsIndex`],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["true"] } },
      },
      {
        actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
        resources: [table],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PAGE_TOKEN_KEY"] } },
      },
      {
        actions: ["dynamodb:GetItem"],
        resources: [table],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PRIMING"] } },
      },
    ]);
  });

  it("are in the order of the alphabet, and unconditional where a grant names no partition key", () => {
    const { functions } = planService(
      manifestOf({
        ...product,
        functions: {
          list: {
            ...product.functions.list,
            tables: { products: [{ allow: ["Scan", "GetItem", "Query"] }] },
          },
        },
      }),
      "dev",
    );
    expect(functions[0]?.role.statements[2]).toEqual({
      actions: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
      resources: ["arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev"],
      conditions: {},
      from: "functions.list.tables.products[0]",
    });
  });

  it("are only for logs and traces where it uses no table, and its environment names none", () => {
    const { tables: _, ...list } = product.functions.list;
    const [lambda] = planService(manifestOf({ ...product, functions: { list } }), "dev").functions;
    expect(lambda?.role.statements).toHaveLength(2);
    expect(lambda?.environmentVariables).toEqual({
      ENVIRONMENT: "dev",
      LOG_LEVEL: "DEBUG",
      POWERTOOLS_METRICS_NAMESPACE: "bbws-product",
      POWERTOOLS_SERVICE_NAME: "product",
      CORS_ALLOW_ORIGINS: "*",
      CORS_EXPOSE_HEADERS: "ETag,Location,X-Correlation-Id",
      ROUTE_AUTH: '{"issuer":"","routes":{"GET /v1.0/products":"none"}}',
    });
  });
});

describe("the plan of a service", () => {
  it("has a code cache for all functions but those that want none", () => {
    const cached = manifestOf({
      ...product,
      runtime: "nodejs24.x",
      codeCache: true,
      functions: { ...product.functions, list: { ...product.functions.list, codeCache: false } },
    });
    const [list, get] = planService(cached, "dev").functions;
    expect([list?.codeCache, get?.codeCache]).toEqual([false, true]);
  });

  it("takes a function's size from the environment, else the function, else the service", () => {
    const sized = manifestOf({
      ...product,
      memoryMb: 300,
      timeoutSeconds: 20,
      functions: { ...product.functions, list: { ...product.functions.list, memoryMb: 400 } },
      environments: {
        ...product.environments,
        prod: {
          ...product.environments.prod,
          sizes: { list: { memoryMb: 500 }, get: { timeoutSeconds: 10 } },
        },
      },
    });
    const sizes = (name: "dev" | "prod") =>
      planService(sized, name)
        .functions.slice(0, 3)
        .map(({ key, memoryMb, timeoutSeconds }) => [key, memoryMb, timeoutSeconds]);
    expect(sizes("dev")).toEqual([
      ["list", 400, 20],
      ["get", 300, 20],
      ["create", 300, 20],
    ]);
    expect(sizes("prod")).toEqual([
      ["list", 500, 20],
      ["get", 300, 10],
      ["create", 300, 20],
    ]);
  });

  it("measures the duration alarm by the timeout of its own function", () => {
    const sized = manifestOf({
      ...product,
      functions: { list: { ...product.functions.list, timeoutSeconds: 10 } },
      alarms: { functionDuration: { percentOfTimeout: 50 } },
    });
    const alarm = planService(sized, "dev").alarms.find(({ kind }) => kind === "function-duration");
    expect(alarm).toMatchObject({ threshold: 5_000, subject: "bbws-product-list-dev" });
  });

  it("lets a tag of the environment win over the same tag of the service", () => {
    const tagged = manifestOf({
      ...product,
      tags: { Owner: "everybody", Project: "shop" },
      environments: {
        ...product.environments,
        dev: { ...product.environments.dev, tags: { Owner: "me" } },
      },
    });
    expect(planService(tagged, "dev").tags).toMatchObject({ Owner: "me", Project: "shop" });
    expect(planService(tagged, "sit").tags).toMatchObject({ Owner: "everybody", Project: "shop" });
  });

  it("names a table, its variable and its alarms after their keys where the manifest does not", () => {
    const plan = planService(
      manifestOf({
        ...product,
        tables: {
          orderLines: {
            partitionKey: { name: "order", type: "N" },
            indexes: { ByDay: { partitionKey: "day" } },
          },
        },
        functions: {
          addLine: {
            description: "Add a line",
            entry: "src/add-line.ts",
            tables: { orderLines: [{ allow: ["PutItem"] }] },
          },
        },
      }),
      "sit",
    );
    const arn = "arn:aws:dynamodb:eu-west-1:815856636111:table/bbws-product-order-lines-sit";
    expect(plan.tables).toEqual([
      {
        key: "orderLines",
        name: "bbws-product-order-lines-sit",
        arn,
        variable: "DYNAMODB_TABLE_ORDER_LINES",
        partitionKey: { name: "order", type: "N" },
        sortKey: null,
        existing: false,
        timeToLiveAttribute: null,
        indexes: [
          {
            name: "ByDay",
            arn: `${arn}/index/ByDay`,
            partitionKey: { name: "day", type: "S" },
            sortKey: null,
            from: "tables.orderLines.indexes.ByDay",
          },
        ],
        from: "tables.orderLines",
      },
    ]);
    expect(plan.functions[0]?.environmentVariables).toMatchObject({
      DYNAMODB_TABLE_ORDER_LINES: "bbws-product-order-lines-sit",
    });
    expect(plan.api.routes).toEqual([]);
    expect(plan.api.preflights).toEqual([]);
  });

  it("is the same bytes for the same manifest, which is left as it was", () => {
    const frozen = deepFreeze(manifestOf(product));
    for (const name of environmentNames) {
      const [first, second] = [planService(frozen, name), planService(manifestOf(product), name)];
      expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    }
  });

  it("is plain JSON: nothing is lost on the way through a file", () => {
    for (const plan of [dev, sit, prod]) {
      expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
    }
  });

  it("can be made where a table is called like something that every object has", () => {
    const tables = { ...product.tables, constructor: { partitionKey: "id" } };
    planService(manifestOf({ ...product, tables }), "dev");
  });

  it("can be made of every manifest that is accepted", () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/);
    const size = {
      memoryMb: fc.integer({ min: 128, max: 10_240 }),
      timeoutSeconds: fc.integer({ min: 1, max: 900 }),
    };
    const lambda = fc.record(
      {
        description: fc.string({ minLength: 1, maxLength: 256 }),
        entry: fc.string({ minLength: 1 }),
        routes: fc.uniqueArray(
          fc
            .tuple(fc.constantFrom("GET", "PUT"), key)
            .map(([method, path]) => `${method} /${path}`),
          { maxLength: 3 },
        ),
        tables: fc.constantFrom(
          {},
          { products: [{ allow: ["Query"], index: "ActiveProductsIndex" }] },
        ),
        ...size,
      },
      { requiredKeys: ["description", "entry"] },
    );
    fc.assert(
      fc.property(fc.dictionary(key, lambda, { maxKeys: 4 }), (stated) => {
        const functions = Object.fromEntries(
          Object.entries(stated).map(([name, one]) => [
            name,
            one.routes?.length ? { ...one, auth: "none" } : one,
          ]),
        );
        const validation = validateManifest({ ...product, functions });
        fc.pre(validation.ok);
        for (const name of environmentNames) {
          const plan = planService(validation.manifest, name);
          expect(plan.functions.map((one) => one.key)).toEqual(Object.keys(functions));
          const ofApi = plan.api.routes.length > 0 ? 3 : 0;
          const ofTable = plan.functions.some(({ role }) => role.statements.length > 2) ? 2 : 0;
          const ofFunctions = plan.functions.map(({ reservedConcurrency }) =>
            reservedConcurrency === null ? 3 : reservedConcurrency === 0 ? 2 : 4,
          );
          const count = ofFunctions.reduce((sum, one) => sum + one, ofApi + ofTable);
          expect(plan.alarms).toHaveLength(count);
        }
      }),
    );
  });
});

describe("what a part of the plan comes from", () => {
  let lineOf: (from: string) => number;
  let lines: string[];
  beforeAll(async () => {
    const product = fileURLToPath(new URL("../../services/product", import.meta.url));
    const service = await loadService(product);
    lineOf = await service.readLines();
    lines = (await readFile(service.file, "utf8")).split("\n");
  });

  it("is the line of service.ts that states it", () => {
    const stated = Object.fromEntries(
      [
        "functions.create",
        "tables.products",
        "tables.products.indexes.ActiveProductsIndex",
        "functions.list.tables.products[1]",
        "functions.delete.routes[0]",
        "alarms.apiLatency",
      ].map((from) => [from, textOf(from)]),
    );
    expect(stated).toEqual({
      "functions.create": "create: {",
      "tables.products": "products: {",
      "tables.products.indexes.ActiveProductsIndex":
        'ActiveProductsIndex: { partitionKey: "active", sortKey: "createdAt" },',
      "functions.list.tables.products[1]":
        '{ allow: ["GetItem", "PutItem"], partitionKeys: ["PAGE_TOKEN_KEY"] },',
      "functions.delete.routes[0]": 'routes: ["DELETE /v1.0/products/{productId}"],',
      "alarms.apiLatency": "apiLatency: { p99Milliseconds: 5000 },",
    });
  });

  it("can be found in service.ts for every part of every plan", () => {
    const all = new Set([dev, sit, prod].flatMap(fromsIn));
    const lost = [...all].filter((from) => {
      const key = from
        .replace(/(\[\d+\])+$/, "")
        .split(".")
        .at(-1);
      const expected = from.endsWith("]") ? /allow:|"(GET|POST|PUT|DELETE) \// : `${key}:`;
      return textOf(from).search(expected) < 0;
    });
    expect(lost).toEqual([]);
    expect(all).toContain("functions.update.tables.products[0]");
  });

  function textOf(from: string): string {
    return lines[lineOf(from) - 1]?.trim() ?? "";
  }
});

function manifestOf(definition: object): Manifest {
  const validation = validateManifest(definition);
  if (validation.ok) return validation.manifest;
  throw new Error(JSON.stringify(validation.problems, null, 2));
}

/** What the manifest grants a function, said a second time and in another way than the plan says it. */
function statementsGrantedTo({ key }: FunctionPlan, plan: ServicePlan) {
  const table = `arn:aws:dynamodb:${plan.region}:${plan.accountId}:table/products-${plan.environment}`;
  const grants = manifest.functions[key]?.tables.products ?? [];
  return grants.map(({ allow, index, partitionKeys = [] }, position) => ({
    actions: allow.map((action) => `dynamodb:${action}`),
    resources: [index ? `${table}/index/${index}` : table],
    conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": partitionKeys } },
    from: `functions.${key}.tables.products[${position}]`,
  }));
}

function fromsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === "from" ? [String(child)] : fromsIn(child),
  );
}

function deepFreeze<Value>(value: Value): Value {
  for (const child of Object.values(Object(value))) {
    if (typeof child === "object" && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}
