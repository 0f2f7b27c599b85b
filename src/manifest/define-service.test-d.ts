import * as z from "zod";
import { defineService } from "./define-service.ts";
import type { Manifest, manifestSchema } from "./schema.ts";
import type { KeyAttribute, Route, ServiceDefinition } from "./types.ts";

/** Checked by the compiler and never run: each `@ts-expect-error` fails where its mistake is accepted. */

const environment = {
  accountId: "111111111111",
  region: "eu-west-1",
  logLevel: "INFO",
  logRetentionDays: 7,
} as const;

const environments = {
  dev: { ...environment, approval: "none" },
  sit: { ...environment, approval: "confirm" },
  prod: { ...environment, approval: "confirm-and-reason" },
} as const;

const shop = {
  name: "shop",
  prefix: "acme",
  description: "What the shop sells",
  api: { cors: { allowOrigins: ["*"] } },
} as const;

const orders = {
  partitionKey: "id",
  indexes: { ByCustomer: { partitionKey: "customer", sortKey: { name: "total", type: "N" } } },
} as const;

const list = { description: "List the orders", entry: "src/list.ts" } as const;

// Accepts the smallest service.
defineService({ ...shop, functions: { list }, environments });

// Accepts what refers to things that exist.
defineService({
  ...shop,
  tables: { orders },
  functions: {
    list: {
      ...list,
      routes: ["GET /orders", "GET /orders/{orderId}"],
      auth: "none",
      tables: { orders: [{ allow: ["Query"], index: "ByCustomer" }, { allow: ["GetItem"] }] },
    },
  },
  environments: {
    ...environments,
    dev: { ...environments.dev, sizes: { list: { memoryMb: 512 } } },
  },
});

// Accepts schemas of zod, and JSON Schema.
defineService({
  ...shop,
  functions: {
    list: {
      ...list,
      schemas: {
        query: z.object({ limit: z.string().transform(Number).optional() }),
        body: { type: "object", properties: { total: { type: "number" } } },
        responses: { 200: { description: "The orders", body: z.array(z.iso.datetime()) } },
      },
    },
  },
  environments,
});

// Refuses what is no schema.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, schemas: { body: "order" } },
  },
  environments,
});

// Refuses a type that JSON Schema does not have.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, schemas: { body: { type: "money" } } },
  },
  environments,
});

// Refuses a status that HTTP does not have.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, schemas: { responses: { 299: { description: "The orders" } } } },
  },
  environments,
});

// Refuses an answer without a description.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, schemas: { responses: { 200: {} } } },
  },
  environments,
});

// Refuses a table that the service does not have.
defineService({
  ...shop,
  tables: { orders },
  functions: {
    // @ts-expect-error
    list: { ...list, tables: { order: [{ allow: ["GetItem"] }] } },
  },
  environments,
});

// Refuses an index that the table does not have.
defineService({
  ...shop,
  tables: { orders },
  functions: {
    // @ts-expect-error
    list: { ...list, tables: { orders: [{ allow: ["Query"], index: "ByCustomers" }] } },
  },
  environments,
});

// Refuses an index of another table.
defineService({
  ...shop,
  tables: {
    orders,
    customers: { partitionKey: "id", indexes: { ByName: { partitionKey: "name" } } },
  },
  functions: {
    // @ts-expect-error
    list: { ...list, tables: { orders: [{ allow: ["Query"], index: "ByName" }] } },
  },
  environments,
});

// Refuses an index where the table has none.
defineService({
  ...shop,
  tables: { orders: { partitionKey: "id" } },
  functions: {
    // @ts-expect-error
    list: { ...list, tables: { orders: [{ allow: ["Query"], index: "ByCustomer" }] } },
  },
  environments,
});

// Refuses an operation that DynamoDB does not have.
defineService({
  ...shop,
  tables: { orders },
  functions: {
    // @ts-expect-error
    list: { ...list, tables: { orders: [{ allow: ["ReadItem"] }] } },
  },
  environments,
});

// Refuses a method that HTTP does not have.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, routes: ["FETCH /orders"], auth: "none" },
  },
  environments,
});

// Refuses a route that has no method.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, routes: ["/orders"] },
  },
  environments,
});

// Refuses a service without prod.
defineService({
  ...shop,
  functions: { list },
  // @ts-expect-error
  environments: { dev: environments.dev, sit: environments.sit },
});

// Refuses a service without functions.
// @ts-expect-error
defineService({ ...shop, environments });

// Refuses an unknown key of the service.
defineService({
  ...shop,
  functions: { list },
  environments,
  // @ts-expect-error
  memory: 256,
});

// Refuses an unknown key of the API.
defineService({
  ...shop,
  // @ts-expect-error
  api: { ...shop.api, stages: "v1" },
  functions: { list },
  environments,
});

// Refuses an unknown key of a table.
defineService({
  ...shop,
  // @ts-expect-error
  tables: { orders: { ...orders, timeToLive: "expiresAt" } },
  functions: { list },
  environments,
});

// Refuses an unknown key of an index.
defineService({
  ...shop,
  // @ts-expect-error
  tables: { orders: { ...orders, indexes: { ByCustomer: { partitionKey: "a", rangeKey: "b" } } } },
  functions: { list },
  environments,
});

// Refuses an unknown key of a function.
defineService({
  ...shop,
  functions: {
    // @ts-expect-error
    list: { ...list, timeout: 30 },
  },
  environments,
});

// Refuses an unknown key of a grant.
defineService({
  ...shop,
  tables: { orders },
  functions: {
    // @ts-expect-error
    list: { ...list, tables: { orders: [{ allow: ["GetItem"], keys: ["1"] }] } },
  },
  environments,
});

// Refuses an unknown key of an environment.
defineService({
  ...shop,
  functions: { list },
  // @ts-expect-error
  environments: { ...environments, dev: { ...environments.dev, retentionDays: 7 } },
});

// Refuses a fourth environment.
defineService({
  ...shop,
  functions: { list },
  // @ts-expect-error
  environments: { ...environments, staging: environments.sit },
});

// Refuses a size of a function that the service does not have.
defineService({
  ...shop,
  functions: { list },
  environments: {
    ...environments,
    // @ts-expect-error
    dev: { ...environments.dev, sizes: { lists: { memoryMb: 512 } } },
  },
});

// Refuses a log retention that CloudWatch does not have.
defineService({
  ...shop,
  functions: { list },
  // @ts-expect-error
  environments: { ...environments, dev: { ...environments.dev, logRetentionDays: 8 } },
});

// Refuses a region that AWS does not have.
defineService({
  ...shop,
  functions: { list },
  // @ts-expect-error
  environments: { ...environments, dev: { ...environments.dev, region: "eu-west-9" } },
});

// Refuses a key attribute of a type that DynamoDB has no keys of.
defineService({
  ...shop,
  // @ts-expect-error
  tables: { orders: { partitionKey: { name: "id", type: "BOOL" } } },
  functions: { list },
  environments,
});

/**
 * `types.ts` and `schema.ts` without what only one of them can say: `readonly`, the form of a route
 * (a pattern for zod), `undefined` of an optional key, and a key attribute, whose short form zod reads
 * with a function and calls unknown.
 */
type Plain<T> = unknown extends T
  ? unknown
  : [T, KeyAttribute] extends [KeyAttribute, T]
    ? unknown
    : T extends Route
      ? string
      : T extends string | number
        ? T
        : T extends readonly (infer Element)[]
          ? Plain<Element>[]
          : {
              -readonly [Key in keyof T as Key extends Route ? string : Key]: Plain<
                Exclude<T[Key], undefined>
              >;
            };

/** Identical, down to which keys are optional; assignability alone would overlook a key that is missing. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : "they differ";

type Typed = Plain<ServiceDefinition>;
type Parsed = Plain<z.input<typeof manifestSchema>>;

true satisfies Same<Typed, Parsed>;

// Each part by itself, so that the compiler points at the one that differs.
true satisfies Same<keyof Typed, keyof Parsed>;
true satisfies Same<Typed["api"], Parsed["api"]>;
true satisfies Same<Typed["tables"], Parsed["tables"]>;
true satisfies Same<Typed["functions"], Parsed["functions"]>;
true satisfies Same<Typed["alarms"], Parsed["alarms"]>;
true satisfies Same<Typed["recovery"], Parsed["recovery"]>;
true satisfies Same<Typed["environments"], Parsed["environments"]>;

// The long form of a key attribute is what a manifest has once it is read.
true satisfies Same<
  Plain<Exclude<KeyAttribute, string>>,
  Plain<Manifest["tables"][string]["partitionKey"]>
>;
