import fc from "fast-check";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { type Problem, problemCodes } from "../errors/index.ts";
import { environmentNames, type Manifest, validateManifest } from "./index.ts";

const environment = { accountId: "111111111111", region: "eu-west-1", logLevel: "INFO" };
const environments = {
  dev: { ...environment, logRetentionDays: 7, approval: "none" },
  sit: { ...environment, logRetentionDays: 14, approval: "confirm" },
  prod: { ...environment, logRetentionDays: 30, approval: "confirm-and-reason" },
};
const jwt = { issuer: "https://id.acme.com", audience: "shop" };
const guarded = Object.fromEntries(
  Object.entries(environments).map(([name, one]) => [name, { ...one, jwt }]),
);
const manyRoutes = Array.from({ length: 90 }, (_, number) => `GET /orders-${number + 10}`);
const orders = { partitionKey: "orderId", indexes: { ByCustomer: { partitionKey: "customer" } } };
const list = {
  description: "List the orders",
  entry: "src/list.ts",
  routes: ["GET /orders"],
  auth: "none",
};
const get = {
  description: "Get an order",
  entry: "src/get.ts",
  routes: ["GET /orders/{orderId}"],
  auth: "none",
  example: { pathParameters: { orderId: "1" } },
};
const shop = {
  name: "shop",
  prefix: "acme",
  description: "What the shop sells",
  api: { cors: { allowOrigins: ["*"] } },
  tables: { orders },
  functions: { list, get },
  environments,
};

const withTable = (changes: object) => ({ ...shop, tables: { orders: { ...orders, ...changes } } });
const withList = (changes: object) => ({
  ...shop,
  functions: { list: { ...list, ...changes }, get },
});
const withSecrets = (secrets: object, ...read: string[]) => ({
  ...withList({ secrets: read }),
  secrets,
});
const withGrants = (...grants: object[]) => withList({ tables: { orders: grants } });
const withDev = (changes: object) => ({
  ...shop,
  environments: { ...environments, dev: { ...environments.dev, ...changes } },
});

describe("a manifest without problems", () => {
  it("has a repository by its names, or by its names and ids", () => {
    const isFit = (repository: string) => problemsOf({ ...shop, repository }).length === 0;
    expect(["acme/shop", "acme@12/shop@34", "a.b-c/d_e"].map(isFit)).toEqual([true, true, true]);
    const wrong = ["acme", "acme/*", "acme@12/shop", "acme/shop@34", "acme@x/shop@y", "a/b/c", "/"];
    expect(wrong.filter(isFit)).toEqual([]);
  });

  it("is accepted with every default filled in", () => {
    const nobody = { page: [], ticket: [] };
    const manifest = accepted({
      ...shop,
      functions: { list: { description: "List the orders", entry: "src/list.ts" } },
    });
    expect(manifest).toEqual({
      ...shop,
      secrets: {},
      tracing: true,
      branch: "main",
      folder: ".",
      owners: [],
      runtime: "nodejs22.x",
      architecture: "arm64",
      memoryMb: 256,
      timeoutSeconds: 30,
      ephemeralStorageMb: 512,
      maxPackageSizeKb: 1024,
      codeCache: false,
      api: {
        stage: "v1",
        binaryMediaTypes: [],
        cors: {
          allowOrigins: ["*"],
          allowHeaders: [
            "Content-Type",
            "X-Amz-Date",
            "Authorization",
            "X-Api-Key",
            "X-Amz-Security-Token",
            "If-Match",
            "Idempotency-Key",
            "X-Correlation-Id",
          ],
          exposeHeaders: ["ETag", "Location", "X-Correlation-Id"],
          maxAgeSeconds: 600,
        },
        throttling: { requestsPerSecond: 500, burst: 1000 },
      },
      tables: {
        orders: {
          partitionKey: { name: "orderId", type: "S" },
          existing: false,
          indexes: { ByCustomer: { partitionKey: { name: "customer", type: "S" } } },
        },
      },
      functions: {
        list: {
          description: "List the orders",
          entry: "src/list.ts",
          routes: [],
          secrets: [],
          tables: {},
          example: { pathParameters: {}, query: {} },
          schemas: { responses: {} },
        },
      },
      alarms: {
        functionErrors: { ratePercent: 1, minimumCount: 5 },
        functionDuration: { percentOfTimeout: 83 },
        functionThrottles: { ratePercent: 1, minimumCount: 5 },
        functionConcurrency: { percentOfLimit: 80 },
        apiServerErrors: { ratePercent: 1, minimumCount: 10 },
        apiErrorBudget: { availabilityPercent: 99.9, minimumCount: 3 },
        apiLatency: { p99Milliseconds: 5000 },
        tableThrottles: { count: 5 },
        tableSystemErrors: { count: 5 },
      },
      recovery: { rpoMinutes: 60, rtoMinutes: 30 },
      tags: {},
      environments: {
        dev: { ...environments.dev, notify: nobody, tags: {}, sizes: {} },
        sit: { ...environments.sit, notify: nobody, tags: {}, sizes: {} },
        prod: { ...environments.prod, notify: nobody, tags: {}, sizes: {} },
      },
    });
  });

  it("keeps what it states instead of the defaults, next to defaults", () => {
    const manifest = accepted({
      ...shop,
      memoryMb: 1024,
      alarms: { functionErrors: { minimumCount: 1 } },
      recovery: { rpoMinutes: 5 },
    });
    expect(manifest.memoryMb).toBe(1024);
    expect(manifest.timeoutSeconds).toBe(30);
    expect(manifest.alarms.functionErrors).toEqual({ ratePercent: 1, minimumCount: 1 });
    expect(manifest.recovery).toEqual({ rpoMinutes: 5, rtoMinutes: 30 });
  });

  it("may have no table at all", () => {
    const { tables: _, ...rest } = shop;
    expect(accepted(rest).tables).toEqual({});
  });

  it("is what services/product/service.ts is", () => {
    expect(Object.keys(accepted(product).functions)).toEqual([
      "list",
      "get",
      "create",
      "update",
      "delete",
    ]);
  });

  it("may use every form of route that API Gateway has", () => {
    const routes = [
      "GET /",
      "HEAD /orders",
      "POST /orders/{orderId}/lines",
      "PATCH /v1.0/order-lines/~draft",
      "DELETE /files/{path+}",
    ];
    const example = { pathParameters: { orderId: "1", path: "a/b" } };
    expect(accepted(withList({ routes, example })).functions.list?.routes).toEqual(routes);
  });

  it("may use several methods of one path", () => {
    accepted(withList({ routes: ["GET /orders", "POST /orders"], auth: "none" }));
  });

  it("may name the parameter after one parent otherwise than after another", () => {
    const routes = ["GET /orders/{orderId}/lines/{lineId}", "GET /customers/{customerId}"];
    const example = { pathParameters: { orderId: "1", lineId: "2", customerId: "3" } };
    accepted(withList({ routes, example }));
  });

  it("may grant Query and Scan on an index, and anything on the table", () => {
    accepted(
      withGrants({ allow: ["Query", "Scan"], index: "ByCustomer" }, { allow: ["BatchWriteItem"] }),
    );
  });

  it("may use one attribute in several keys of one type", () => {
    accepted(
      withTable({
        sortKey: { name: "placed", type: "N" },
        indexes: { ByDay: { partitionKey: "day", sortKey: { name: "placed", type: "N" } } },
      }),
    );
  });
});

describe("what AWS would refuse", () => {
  it("is refused: two parameters below one path, one of them greedy", () => {
    const routes = ["GET /files/{fileId}", "GET /files/{path+}"];
    const example = { pathParameters: { fileId: "1", path: "a/b" } };
    expect(problemsOf(withList({ routes, example }))).not.toEqual([]);
  });

  it("is refused: more tags than a resource can have", () => {
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, number) => [`t${number}`, ""]));
    expect(problemsOf({ ...shop, tags })).not.toEqual([]);
  });

  it.each(["LOG_LEVEL", "AWS_REGION"])(
    "is refused: a table's name in %s, which means something else",
    (variable) => {
      expect(problemsOf(withTable({ variable }))).not.toEqual([]);
    },
  );
});

/** One manifest for each kind of problem: what is wrong with it, and all that is wrong with it. */
type Mistake = readonly [sentence: string, manifest: unknown, problem: Problem];

const mistakes: readonly Mistake[] = [
  [
    "refuses an unknown key, and suggests the one that was meant",
    { ...shop, memoryMB: 512 },
    {
      code: "MANIFEST_UNKNOWN_KEY",
      path: ["memoryMB"],
      message: 'there is no key "memoryMB" here',
      fix: 'write "memoryMb"',
    },
  ],
  [
    "refuses an unknown key that is like no other, and lists those that are known",
    { ...shop, recovery: { backups: true } },
    {
      code: "MANIFEST_UNKNOWN_KEY",
      path: ["recovery", "backups"],
      message: 'there is no key "backups" here',
      fix: "remove it; known keys are rpoMinutes, rtoMinutes",
    },
  ],
  [
    "refuses an unknown key of a grant",
    withGrants({ allow: ["Query"], indx: "ByCustomer" }),
    {
      code: "MANIFEST_UNKNOWN_KEY",
      path: ["functions", "list", "tables", "orders", 0, "indx"],
      message: 'there is no key "indx" here',
      fix: 'write "index"',
    },
  ],
  [
    "says which key is missing, and what belongs there",
    { ...shop, description: undefined },
    {
      code: "MANIFEST_MISSING_KEY",
      path: ["description"],
      message: '"description" is missing',
      fix: "add it: a value of type string",
    },
  ],
  [
    "says which values a missing key can have",
    withDev({ logLevel: undefined }),
    {
      code: "MANIFEST_MISSING_KEY",
      path: ["environments", "dev", "logLevel"],
      message: '"logLevel" is missing',
      fix: 'add it: one of "DEBUG", "INFO", "WARN", "ERROR"',
    },
  ],
  [
    "says that an environment is missing",
    { ...shop, environments: { dev: environments.dev, prod: environments.prod } },
    {
      code: "MANIFEST_MISSING_KEY",
      path: ["environments", "sit"],
      message: '"sit" is missing',
      fix: "add it: a value of type object",
    },
  ],
  [
    "says that there is no manifest",
    undefined,
    {
      code: "MANIFEST_MISSING_KEY",
      path: [],
      message: '"the manifest" is missing',
      fix: "add it: a value of type object",
    },
  ],
  [
    "refuses a value of another type",
    withList({ memoryMb: "512" }),
    {
      code: "MANIFEST_WRONG_TYPE",
      path: ["functions", "list", "memoryMb"],
      message: 'memoryMb is "512", which is not of type number',
      fix: "write a value of type number",
    },
  ],
  [
    "refuses half a megabyte",
    { ...shop, memoryMb: 256.5 },
    {
      code: "MANIFEST_WRONG_TYPE",
      path: ["memoryMb"],
      message: "memoryMb is 256.5, which is not of type int",
      fix: "write a value of type int",
    },
  ],
  [
    "refuses something that is no manifest at all",
    [shop],
    {
      code: "MANIFEST_WRONG_TYPE",
      path: [],
      message: expect.stringMatching(/^the manifest is \[.*\], which is not of type object$/),
      fix: "write a value of type object",
    },
  ],
  [
    "refuses a value that is none of those allowed, and suggests the one that was meant",
    withDev({ region: "eu-west-l" }),
    {
      code: "MANIFEST_UNKNOWN_VALUE",
      path: ["environments", "dev", "region"],
      message: '"eu-west-l" is none of the values that region can have',
      fix: 'use "eu-west-1"',
    },
  ],
  [
    "lists the values that are allowed where none is near",
    withDev({ approval: "two people" }),
    {
      code: "MANIFEST_UNKNOWN_VALUE",
      path: ["environments", "dev", "approval"],
      message: '"two people" is none of the values that approval can have',
      fix: 'use one of "none", "confirm", "confirm-and-reason"',
    },
  ],
  [
    "refuses a log retention that CloudWatch does not have",
    withDev({ logRetentionDays: 8 }),
    {
      code: "MANIFEST_UNKNOWN_VALUE",
      path: ["environments", "dev", "logRetentionDays"],
      message: "8 is none of the values that logRetentionDays can have",
      fix: "use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    },
  ],
  [
    "refuses less memory than Lambda gives",
    { ...shop, memoryMb: 64 },
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["memoryMb"],
      message: "memoryMb is 64, and has to be at least 128",
      fix: "write at least 128",
    },
  ],
  [
    "refuses a longer timeout than Lambda allows",
    withDev({ sizes: { list: { timeoutSeconds: 901 } } }),
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["environments", "dev", "sizes", "list", "timeoutSeconds"],
      message: "timeoutSeconds is 901, and has to be at most 900",
      fix: "write at most 900",
    },
  ],
  [
    "refuses an alarm at zero percent, which would never be quiet",
    { ...shop, alarms: { functionErrors: { ratePercent: 0 } } },
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["alarms", "functionErrors", "ratePercent"],
      message: "ratePercent is 0, and has to be more than 0",
      fix: "write more than 0",
    },
  ],
  [
    "refuses a recipient that SNS cannot reach",
    withDev({ notify: { page: ["team@example.com"] } }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["environments", "dev", "notify", "page", 0],
      message: '"team@example.com" is not of the form that is needed here',
      fix: 'write an address such as "mailto:team@example.com" or "https://example.com/alarms"',
    },
  ],
  [
    "refuses an availability that leaves nothing to fail",
    { ...shop, alarms: { apiErrorBudget: { availabilityPercent: 100 } } },
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["alarms", "apiErrorBudget", "availabilityPercent"],
      message: "availabilityPercent is 100, and has to be at most 99.99",
      fix: "write at most 99.99",
    },
  ],
  [
    "refuses a folder that leads out of the repository",
    { ...shop, folder: "/services/shop" },
    {
      code: "MANIFEST_BAD_FORM",
      path: ["folder"],
      message: '"/services/shop" is not of the form that is needed here',
      fix: 'write a folder from the root of the repository, such as "services/shop"',
    },
  ],
  [
    "refuses a description that Lambda would cut off",
    withList({ description: "x".repeat(257) }),
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["functions", "list", "description"],
      message: `description is "${"x".repeat(257)}", and has to be at most 256 characters`,
      fix: "write at most 256 characters",
    },
  ],
  [
    "refuses a grant of nothing",
    withGrants({ allow: [] }),
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["functions", "list", "tables", "orders", 0, "allow"],
      message: "allow is [], and has to be at least 1 entry",
      fix: "write at least 1 entry",
    },
  ],
  [
    "refuses a text that is not of its form, and shows one that is",
    withDev({ accountId: "1111-1111-1111" }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["environments", "dev", "accountId"],
      message: '"1111-1111-1111" is not of the form that is needed here',
      fix: "write twelve digits",
    },
  ],
  [
    "refuses a route with a method that HTTP does not have",
    withList({ routes: ["FETCH /orders"], auth: "none" }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["functions", "list", "routes", 0],
      message: '"FETCH /orders" is not of the form that is needed here',
      fix: 'write a method and a path, such as "GET /v1.0/products/{productId}"',
    },
  ],
  [
    "refuses a parameter that is only a part of its path segment",
    withList({ routes: ["GET /orders/order-{orderId}"], auth: "none" }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["functions", "list", "routes", 0],
      message: '"GET /orders/order-{orderId}" is not of the form that is needed here',
      fix: 'write a method and a path, such as "GET /v1.0/products/{productId}"',
    },
  ],
  [
    "refuses a greedy parameter that is not the last segment",
    withList({ routes: ["GET /{all+}/orders"], auth: "none" }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["functions", "list", "routes", 0],
      message: '"GET /{all+}/orders" is not of the form that is needed here',
      fix: 'write a method and a path, such as "GET /v1.0/products/{productId}"',
    },
  ],
  [
    "refuses a key that cannot become a name in AWS",
    { ...shop, functions: { "list orders": list } },
    {
      code: "MANIFEST_BAD_FORM",
      path: ["functions", "list orders"],
      message: '"list orders" is not of the form that is needed here',
      fix: "write camelCase, such as orderLines",
    },
  ],
  [
    "refuses a tag that only AWS may write",
    { ...shop, tags: { "aws:owner": "me" } },
    {
      code: "MANIFEST_BAD_FORM",
      path: ["tags", "aws:owner"],
      message: '"aws:owner" is not of the form that is needed here',
      fix: 'write 1 to 128 characters, not starting with "aws:"',
    },
  ],
  [
    "refuses a table's name that would be the same in every environment",
    withTable({ name: "orders" }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["tables", "orders", "name"],
      message: '"orders" would be the table of every environment',
      fix: 'write "orders-{environment}"',
    },
  ],
  [
    "refuses a function's name that is longer than Lambda allows, in the longest environment",
    { ...shop, name: "s".repeat(50) },
    {
      code: "MANIFEST_NAME_TOO_LONG",
      path: ["functions", "list"],
      message: `its name would be acme-${"s".repeat(50)}-list-prod, 65 characters where AWS allows 64`,
      fix: 'shorten prefix, name or "list" by 1 characters',
    },
  ],
  [
    "refuses a prefix with which the bucket for Terraform's state would have a longer name than S3 allows",
    { ...shop, prefix: "p".repeat(30) },
    {
      code: "MANIFEST_NAME_TOO_LONG",
      path: ["prefix"],
      message: `the state bucket would be ${"p".repeat(30)}-terraform-state-111111111111-eu-west-1, 69 characters where AWS allows 63`,
      fix: "shorten prefix by 6 characters",
    },
  ],
  [
    "refuses a name with which the role that deploys would have a longer one than IAM allows",
    { ...shop, name: "s".repeat(48), functions: { a: { ...list, routes: [], auth: undefined } } },
    {
      code: "MANIFEST_NAME_TOO_LONG",
      path: ["prefix"],
      message: `the releases role would be acme-releases-${"s".repeat(48)}-sit, 66 characters where AWS allows 64`,
      fix: "shorten prefix or name by 2 characters",
    },
  ],
  ...["deploy", "plan", "releases", "plan-shop"].map((name): Mistake => {
    const [kind = ""] = name.split("-");
    return [
      `refuses the service "${name}", whose deploy role could change the roles that say who may deploy`,
      { ...shop, name },
      {
        code: "MANIFEST_NAME_RESERVED",
        path: ["name"],
        message: `its resources would be called as the account's roles acme-${kind}-... are, and could change them`,
        fix: `write a name that does not begin with "${kind}"`,
      },
    ];
  }),
  [
    "has no origins by itself that may call from a browser: every one, too, has to be said",
    { ...shop, api: { cors: {} } },
    {
      code: "MANIFEST_MISSING_KEY",
      path: ["api", "cors", "allowOrigins"],
      message: '"allowOrigins" is missing',
      fix: "add it: a value of type array",
    },
  ],
  [
    "refuses an owner that GitHub would not know for one",
    { ...shop, owners: ["shop-team"] },
    {
      code: "MANIFEST_BAD_FORM",
      path: ["owners", 0],
      message: '"shop-team" is not of the form that is needed here',
      fix: 'write a team such as "@acme/shop-team", a person such as "@octocat", or an address',
    },
  ],
  [
    "refuses a branch that is more than one",
    { ...shop, branch: "release/*" },
    {
      code: "MANIFEST_BAD_FORM",
      path: ["branch"],
      message: '"release/*" is not of the form that is needed here',
      fix: 'write one branch, such as "main"',
    },
  ],
  [
    "refuses a table's name that is longer than DynamoDB allows",
    withTable({ name: `${"t".repeat(251)}-{environment}` }),
    {
      code: "MANIFEST_NAME_TOO_LONG",
      path: ["tables", "orders"],
      message: `its name would be ${"t".repeat(251)}-prod, 256 characters where AWS allows 255`,
      fix: 'shorten prefix, name or "orders" by 1 characters',
    },
  ],
  [
    "refuses a table's name that leaves no room for what a restore puts behind it",
    withTable({ name: `${"t".repeat(230)}-{environment}` }),
    {
      code: "MANIFEST_NAME_TOO_LONG",
      path: ["tables", "orders"],
      message: `restored beside it, a table would be ${"t".repeat(230)}-prod-restored-????????-??????, 260 characters where AWS allows 255`,
      fix: "shorten its name by 5 characters",
    },
  ],
  [
    "refuses two functions that would get the same name",
    {
      ...shop,
      functions: { listOrders: list, listORDERS: { ...list, routes: [], auth: undefined } },
    },
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["functions", "listORDERS"],
      message: '"listOrders" and "listORDERS" would have the same name, acme-shop-list-orders-dev',
      fix: 'give "listORDERS" a name of its own',
    },
  ],
  [
    "refuses two functions whose zips would be one file where a disk ignores capitals",
    { ...shop, functions: { getItem: list, getitem: { ...list, routes: [], auth: undefined } } },
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["functions", "getitem"],
      message: '"getItem" and "getitem" would have the same file name, getitem.zip',
      fix: 'give "getitem" a file name of its own',
    },
  ],
  [
    "refuses a code cache where Node.js would not take it",
    { ...shop, codeCache: true },
    {
      code: "MANIFEST_CODE_CACHE",
      path: ["codeCache"],
      message:
        "the runtime is nodejs22.x, whose Node.js refuses a code cache that was made with another size of the heap; Lambda sets that size by memoryMb",
      fix: 'write runtime: "nodejs24.x", or leave codeCache out',
    },
  ],
  [
    "refuses a function's code cache where Node.js would not take it",
    withList({ codeCache: true }),
    {
      code: "MANIFEST_CODE_CACHE",
      path: ["functions", "list", "codeCache"],
      message:
        "the runtime is nodejs22.x, whose Node.js refuses a code cache that was made with another size of the heap; Lambda sets that size by memoryMb",
      fix: 'write runtime: "nodejs24.x", or leave codeCache out',
    },
  ],
  [
    "refuses a zip that Lambda would not take",
    withList({ maxPackageSizeKb: 51_201 }),
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["functions", "list", "maxPackageSizeKb"],
      message: "maxPackageSizeKb is 51201, and has to be at most 51200",
      fix: "write at most 51200",
    },
  ],
  [
    "refuses two tables that would get the same name",
    {
      ...shop,
      tables: { orders, old: { ...orders, name: "acme-shop-orders-{environment}" } },
    },
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["tables", "old"],
      message: '"orders" and "old" would have the same name, acme-shop-orders-dev',
      fix: 'give "old" a name of its own',
    },
  ],
  [
    "refuses two tables that would use the same environment variable",
    { ...shop, tables: { orders, old: { ...orders, variable: "DYNAMODB_TABLE_ORDERS" } } },
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["tables", "old"],
      message: '"orders" and "old" would have the same variable, DYNAMODB_TABLE_ORDERS',
      fix: 'give "old" a variable of its own',
    },
  ],
  [
    "refuses a grant on a table that is not declared, and suggests the one that was meant",
    withList({ tables: { order: [{ allow: ["Query"] }] } }),
    {
      code: "MANIFEST_UNKNOWN_TABLE",
      path: ["functions", "list", "tables", "order"],
      message: 'there is no table "order"',
      fix: 'use "orders"',
    },
  ],
  [
    "says which tables there are where none is near",
    withList({ tables: { customers: [{ allow: ["Query"] }] } }),
    {
      code: "MANIFEST_UNKNOWN_TABLE",
      path: ["functions", "list", "tables", "customers"],
      message: 'there is no table "customers"',
      fix: "use one of orders, or declare it under tables",
    },
  ],
  [
    "says that there is no table at all",
    { ...withList({ tables: { orders: [{ allow: ["Query"] }] } }), tables: undefined },
    {
      code: "MANIFEST_UNKNOWN_TABLE",
      path: ["functions", "list", "tables", "orders"],
      message: 'there is no table "orders"',
      fix: "declare it under tables",
    },
  ],
  [
    "refuses a secret that is not declared, and suggests the one that was meant",
    withSecrets({ paymentKey: { description: "A key" } }, "paymentkey"),
    {
      code: "MANIFEST_UNKNOWN_SECRET",
      path: ["functions", "list", "secrets", 0],
      message: 'there is no secret "paymentkey"',
      fix: 'use "paymentKey"',
    },
  ],
  [
    "refuses a secret where none is declared",
    withSecrets({}, "paymentKey"),
    {
      code: "MANIFEST_UNKNOWN_SECRET",
      path: ["functions", "list", "secrets", 0],
      message: 'there is no secret "paymentKey"',
      fix: "declare it under secrets",
    },
  ],
  [
    "refuses a secret that a function names twice",
    withSecrets({ paymentKey: { description: "A key" } }, "paymentKey", "paymentKey"),
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["functions", "list", "secrets", 1],
      message: '"paymentKey" is in the list already',
      fix: "remove it",
    },
  ],
  [
    "refuses two secrets that would have the same name",
    withSecrets({ paymentID: { description: "A key" }, paymentId: { description: "A key" } }),
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["secrets", "paymentId"],
      message:
        '"paymentID" and "paymentId" would have the same variable, SECRET_PAYMENT_ID; the secret would be /acme/shop/dev/payment-id',
      fix: 'give "paymentId" another name',
    },
  ],
  [
    "refuses a secret whose variable is a table's",
    {
      ...withSecrets({ paymentKey: { description: "A key" } }),
      tables: { orders: { ...orders, variable: "SECRET_PAYMENT_KEY" } },
    },
    {
      code: "MANIFEST_NAME_TAKEN",
      path: ["secrets", "paymentKey"],
      message:
        'the table "orders" and "paymentKey" would have the same variable, SECRET_PAYMENT_KEY; the secret would be /acme/shop/dev/payment-key',
      fix: 'give "paymentKey" another name',
    },
  ],
  [
    "refuses secrets in Parameter Store under a prefix that AWS keeps for itself",
    { ...withSecrets({ paymentKey: { description: "A key" } }), prefix: "awsome" },
    {
      code: "MANIFEST_NAME_RESERVED",
      path: ["prefix"],
      message:
        'Parameter Store keeps names that begin with "aws" to AWS, and secrets would be called /awsome/...',
      fix: 'write store: "secrets-manager" for the secrets, or another prefix',
    },
  ],
  [
    "refuses a grant on an index that the table does not have",
    withGrants({ allow: ["Query"], index: "byCustomer2" }),
    {
      code: "MANIFEST_UNKNOWN_INDEX",
      path: ["functions", "list", "tables", "orders", 0, "index"],
      message: 'table "orders" has no index "byCustomer2"',
      fix: 'use "ByCustomer"',
    },
  ],
  [
    "says that the table has no index at all",
    {
      ...withGrants({ allow: ["Query"], index: "ByDay" }),
      tables: { orders: { partitionKey: "orderId" } },
    },
    {
      code: "MANIFEST_UNKNOWN_INDEX",
      path: ["functions", "list", "tables", "orders", 0, "index"],
      message: 'table "orders" has no index "ByDay"',
      fix: "declare it under tables.orders.indexes",
    },
  ],
  [
    "refuses to write through an index, which can only be read",
    withGrants(
      { allow: ["Query"] },
      { allow: ["Query", "PutItem", "GetItem"], index: "ByCustomer" },
    ),
    {
      code: "MANIFEST_INDEX_ACTION",
      path: ["functions", "list", "tables", "orders", 1, "allow"],
      message: "an index can be read by Query and Scan only, not by PutItem, GetItem",
      fix: 'move PutItem, GetItem to a grant without "index"',
    },
  ],
  [
    "refuses a size for a function that is not declared, and suggests the one that was meant",
    withDev({ sizes: { lst: { memoryMb: 512 } } }),
    {
      code: "MANIFEST_UNKNOWN_FUNCTION",
      path: ["environments", "dev", "sizes", "lst"],
      message: 'there is no function "lst"',
      fix: 'use "list"',
    },
  ],
  [
    "refuses a size for a function that is like no other",
    withDev({ sizes: { archive: { memoryMb: 512 } } }),
    {
      code: "MANIFEST_UNKNOWN_FUNCTION",
      path: ["environments", "dev", "sizes", "archive"],
      message: 'there is no function "archive"',
      fix: "remove it",
    },
  ],
  [
    "refuses a function that does not say who may call its routes",
    withList({ auth: undefined }),
    {
      code: "MANIFEST_NO_AUTH",
      path: ["functions", "list"],
      message: "nothing says who may call GET /orders",
      fix: 'add auth: "none" if everybody may, or auth: { scopes: ["…"] }',
    },
  ],
  [
    "refuses a function that says it of some of its routes only",
    withList({ routes: ["GET /orders", "POST /orders"], auth: { "GET /orders": "none" } }),
    {
      code: "MANIFEST_NO_AUTH",
      path: ["functions", "list", "auth"],
      message: "nothing says who may call POST /orders",
      fix: 'add to it "POST /orders": "none" if everybody may, or "POST /orders": { scopes: ["…"] }',
    },
  ],
  [
    "refuses to say it of a route that the function does not have",
    withList({ auth: { "GET /orders": "none", "GET /orderz": "none" } }),
    {
      code: "MANIFEST_AUTH_UNUSED",
      path: ["functions", "list", "auth", "GET /orderz"],
      message: '"list" does not answer GET /orderz',
      fix: 'write "GET /orders"',
    },
  ],
  [
    "refuses to say it of a function that nobody can call so",
    withList({ routes: [] }),
    {
      code: "MANIFEST_AUTH_UNUSED",
      path: ["functions", "list", "auth"],
      message: '"list" has no routes, so auth says nothing',
      fix: 'remove it, or add routes: ["GET /…"]',
    },
  ],
  [
    "refuses scopes where an environment does not say whose tokens have them",
    {
      ...withList({ auth: { scopes: ["orders:read"] } }),
      environments: { ...guarded, sit: environments.sit },
    },
    {
      code: "MANIFEST_NO_ISSUER",
      path: ["environments", "sit"],
      message: "GET /orders asks for scopes, and sit does not say whose tokens have them",
      fix: 'add jwt: { issuer: "https://…", audience: "…" }',
    },
  ],
  [
    "refuses a scope with a space in it, which would be two",
    { ...withList({ auth: { scopes: ["orders read"] } }), environments: guarded },
    {
      code: "MANIFEST_BAD_FORM",
      path: ["functions", "list", "auth", "scopes", 0],
      message: '"orders read" is not of the form that is needed here',
      fix: 'write a scope without spaces, such as "products:write"',
    },
  ],
  [
    "refuses a word for who may call that is none",
    withList({ auth: "open" }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["functions", "list", "auth"],
      message: '"open" is not of the form that is needed here',
      fix: 'write "none", "iam", { scopes: ["products:write"] }, or one of these for each route',
    },
  ],
  [
    "refuses an issuer whose keys would come over a line that anybody can change",
    withDev({ jwt: { ...jwt, issuer: "http://id.acme.com" } }),
    {
      code: "MANIFEST_BAD_FORM",
      path: ["environments", "dev", "jwt", "issuer"],
      message: '"http://id.acme.com" is not of the form that is needed here',
      fix: 'write an https address without a query, such as "https://login.example.com"',
    },
  ],
  [
    "refuses tokens that are for nobody",
    withDev({ jwt: { ...jwt, audience: [] } }),
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["environments", "dev", "jwt", "audience"],
      message: "audience is [], and has to be at least 1 entry",
      fix: "write at least 1 entry",
    },
  ],
  [
    "refuses a function that would be taken for the authorizer",
    { ...shop, functions: { list, authorizer: get } },
    {
      code: "MANIFEST_NAME_RESERVED",
      path: ["functions", "authorizer"],
      message: '"authorizer" is the function that checks callers\' tokens',
      fix: "give it another name",
    },
  ],
  [
    "refuses more routes with scopes than the authorizer can be told of",
    {
      ...shop,
      functions: { list: { ...list, routes: manyRoutes, auth: { scopes: ["orders:read"] } } },
      environments: guarded,
    },
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["functions"],
      message:
        "the routes that ask for scopes take 3060 bytes of the authorizer's variables, and there is room for 2560",
      fix: "shorten scopes or paths, or split the service",
    },
  ],
  [
    "refuses a route that two functions claim",
    {
      ...shop,
      functions: {
        list,
        search: { ...list, routes: ["POST /orders/search", "GET /orders"], auth: "none" },
      },
    },
    {
      code: "MANIFEST_ROUTE_TAKEN",
      path: ["functions", "search", "routes", 1],
      message: 'GET /orders is answered by "list" and by "search"',
      fix: 'remove it from "search", or give it another method or path',
    },
  ],
  [
    "refuses two names for the parameter of one path segment",
    {
      ...shop,
      functions: {
        get,
        cancel: {
          ...get,
          routes: ["DELETE /orders/{id}"],
          auth: "none",
          example: { pathParameters: { id: "1" } },
        },
      },
    },
    {
      code: "MANIFEST_ROUTE_CONFLICT",
      path: ["functions", "cancel", "routes", 0],
      message: "DELETE /orders/{id} says {id} where another route says {orderId}",
      fix: "write {orderId}",
    },
  ],
  [
    "refuses a key attribute that is of two types",
    withTable({
      indexes: {
        ByCustomer: { partitionKey: "customer", sortKey: { name: "orderId", type: "N" } },
      },
    }),
    {
      code: "MANIFEST_KEY_CONFLICT",
      path: ["tables", "orders", "indexes", "ByCustomer", "sortKey"],
      message: '"orderId" is of type N here and of type S elsewhere in this table',
      fix: 'use type "S" for "orderId" everywhere',
    },
  ],
  [
    "refuses one attribute as partition key and sort key",
    withTable({ sortKey: "orderId" }),
    {
      code: "MANIFEST_KEY_CONFLICT",
      path: ["tables", "orders", "sortKey"],
      message: '"orderId" is the partition key and the sort key',
      fix: "name two different attributes, or leave sortKey out",
    },
  ],
  [
    "refuses an example that leaves a path parameter without a value",
    {
      ...shop,
      functions: {
        get: { ...get, routes: ["GET /orders/{orderId}/files/{path+}"], auth: "none", example: {} },
      },
    },
    {
      code: "MANIFEST_EXAMPLE",
      path: ["functions", "get", "example"],
      message: "its routes have {orderId}, {path}, and the example gives no value",
      fix: 'add example: { pathParameters: { orderId: "...", path: "..." } }',
    },
  ],
  [
    "refuses a schema that is none",
    {
      ...shop,
      functions: {
        list: { ...list, schemas: { responses: { 200: { description: "Fine", body: "order" } } } },
      },
    },
    {
      code: "MANIFEST_SCHEMA",
      path: ["functions", "list", "schemas", "responses", "200", "body"],
      message: '"order" is not a schema',
      fix: "write a zod schema, or JSON Schema as an object",
    },
  ],
  [
    "refuses a schema of a path parameter that no route has",
    {
      ...shop,
      functions: {
        get: {
          ...get,
          schemas: { pathParameters: { type: "object", properties: { orderID: {} } } },
        },
      },
    },
    {
      code: "MANIFEST_SCHEMA_UNUSED",
      path: ["functions", "get", "schemas", "pathParameters", "orderID"],
      message: 'no route of "get" has {orderID}',
      fix: "write orderId",
    },
  ],
  [
    "refuses a prod that can be changed without a reason",
    {
      ...shop,
      environments: { ...environments, prod: { ...environments.prod, approval: "confirm" } },
    },
    {
      code: "MANIFEST_UNPROTECTED_PRODUCTION",
      path: ["environments", "prod", "approval"],
      message: 'prod could be changed with approval "confirm"',
      fix: 'write approval: "confirm-and-reason"',
    },
  ],
  [
    "refuses to recover into the region that was lost",
    withDev({ recoveryRegion: "eu-west-1" }),
    {
      code: "MANIFEST_RECOVERY_REGION",
      path: ["environments", "dev", "recoveryRegion"],
      message: "dev is in eu-west-1, and would recover into eu-west-1",
      fix: "name another region, or leave recoveryRegion out",
    },
  ],
];

describe("a manifest with a problem", () => {
  it.each(mistakes)("%s", (_, manifest, problem) => {
    expect(problemsOf(manifest)).toContainEqual(problem);
  });

  it("has no second problem because of the first", () => {
    const alone = mistakes.filter(([, manifest]) => problemsOf(manifest).length > 1);
    expect(alone.map(([sentence]) => sentence)).toEqual([]);
  });

  it("can have each problem of the catalogue but the one that needs a disk to see", () => {
    const provoked = new Set(mistakes.map(([, , { code }]) => code));
    const rest = Object.keys(problemCodes).filter(
      (code) => code.startsWith("MANIFEST_") && !provoked.has(code as Problem["code"]),
    );
    expect(rest).toEqual(["MANIFEST_FILE_NOT_FOUND"]);
  });
});

describe("a manifest with several problems", () => {
  it("has its form and its meaning reported at once", () => {
    const problems = problemsOf({
      ...shop,
      nmae: "shop",
      memoryMb: "256",
      functions: {
        list: { ...list, timeout: 30, tables: { order: [{ allow: ["Query"] }] } },
        search: list,
      },
      environments: {
        ...environments,
        prod: { ...environments.prod, approval: "none", logRetentionDays: 31 },
      },
    });
    expect(problems.map(({ code, path }) => [code, path.join(".")]).sort()).toEqual([
      ["MANIFEST_ROUTE_TAKEN", "functions.search.routes.0"],
      ["MANIFEST_UNKNOWN_KEY", "functions.list.timeout"],
      ["MANIFEST_UNKNOWN_KEY", "nmae"],
      ["MANIFEST_UNKNOWN_TABLE", "functions.list.tables.order"],
      ["MANIFEST_UNKNOWN_VALUE", "environments.prod.logRetentionDays"],
      ["MANIFEST_UNPROTECTED_PRODUCTION", "environments.prod.approval"],
      ["MANIFEST_WRONG_TYPE", "memoryMb"],
    ]);
  });

  it("still has the table that a function uses, where the table itself has a problem", () => {
    const problems = problemsOf({
      ...withGrants(
        { allow: ["Query"], index: "ByCustomer" },
        { allow: ["Query"], index: "ByDay" },
      ),
      tables: { orders: { ...orders, partitionKey: 5 } },
    });
    expect(problems.map(({ code }) => code)).toEqual([
      "MANIFEST_WRONG_TYPE",
      "MANIFEST_UNKNOWN_INDEX",
    ]);
  });

  it("still has the function that a size is for, where the function itself has a problem", () => {
    const problems = problemsOf({
      ...withDev({ sizes: { list: { memoryMb: 512 } } }),
      functions: { list: "src/list.ts", get },
    });
    expect(problems.map(({ code }) => code)).toEqual(["MANIFEST_WRONG_TYPE"]);
  });

  it("has each problem at its own position, where what stands before it is left out", () => {
    const problems = problemsOf(
      withGrants({ allow: ["Read"] }, { allow: ["PutItem"], index: "ByCustomer" }),
    );
    expect(problems.map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["MANIFEST_UNKNOWN_VALUE", "functions.list.tables.orders.0.allow.0"],
      ["MANIFEST_INDEX_ACTION", "functions.list.tables.orders.1.allow"],
    ]);
  });

  it("is not said to miss the value that it has, and that is of the wrong type", () => {
    const example = { pathParameters: { orderId: 1 } };
    const problems = problemsOf({ ...shop, functions: { get: { ...get, example } } });
    expect(problems.map(({ code }) => code)).toEqual(["MANIFEST_WRONG_TYPE"]);
  });

  it("is checked for meaning where a whole section is missing", () => {
    const { environments: _, ...rest } = shop;
    const problems = problemsOf({ ...rest, functions: { list, search: list } });
    expect(problems.map(({ code }) => code)).toEqual([
      "MANIFEST_MISSING_KEY",
      "MANIFEST_ROUTE_TAKEN",
    ]);
  });
});

describe("any value at all", () => {
  it("is a manifest or has problems that say what to write, but never throws", () => {
    for (const value of [() => shop, Symbol("shop"), Number.NaN]) expectHelpful(value);
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (value) => {
        expectHelpful(value);
      }),
    );
  });

  it("never throws for any value in any place of a real manifest", () => {
    const paths = pathsIn(product);
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.oneof(fc.constant(nothing), fc.jsonValue(), fc.constantFrom(...environmentNames, 0, -1)),
        (path, replacement) => {
          expectHelpful(changed(product, path, replacement));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("has problems that say what to write, where JSON has no word for it", () => {
    expectHelpful({ ...shop, memoryMb: 256n });
  });

  it("is left as it was", () => {
    const broken = { ...shop, memoryMB: 1, functions: { list: { ...list, routes: ["x", 5] } } };
    const before = structuredClone(broken);
    validateManifest(broken);
    expect(broken).toEqual(before);
  });
});

function accepted(manifest: unknown): Manifest {
  const validation = validateManifest(manifest);
  if (validation.ok) return validation.manifest;
  throw new Error(JSON.stringify(validation.problems, null, 2));
}

function problemsOf(manifest: unknown): readonly Problem[] {
  const validation = validateManifest(manifest);
  return validation.ok ? [] : validation.problems;
}

function expectHelpful(value: unknown): void {
  const validation = validateManifest(value);
  if (validation.ok) return;
  expect(validation.problems.length).toBeGreaterThan(0);
  for (const { code, message, fix } of validation.problems) {
    expect(problemCodes).toHaveProperty(code);
    expect(message).not.toBe("");
    expect(fix).not.toBe("");
  }
}

type Path = readonly (string | number)[];

/** The way to every value inside a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, child]) => pathsIn(child, [...path, key]))];
}

const nothing = Symbol("nothing");

/** A copy of a value, with another value at a path, or with nothing there. */
function changed(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement === nothing ? undefined : replacement;
  if (Array.isArray(value)) {
    return value.flatMap((child, position) => {
      if (position !== key) return [child];
      if (rest.length > 0) return [changed(child, rest, replacement)];
      return replacement === nothing ? [] : [replacement];
    });
  }
  const entries = Object.entries(Object(value)).flatMap(([name, child]) => {
    if (name !== key) return [[name, child]];
    if (rest.length > 0) return [[name, changed(child, rest, replacement)]];
    return replacement === nothing ? [] : [[name, replacement]];
  });
  return Object.fromEntries(entries);
}
