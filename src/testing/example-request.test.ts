import { describe, expect, it } from "vitest";
import { defineService } from "../manifest/index.ts";
import { exampleRequest } from "./index.ts";

const environment = {
  accountId: "123456789012",
  region: "eu-west-1",
  logLevel: "INFO",
  logRetentionDays: 7,
} as const;

const service = defineService({
  name: "orders",
  prefix: "acme",
  description: "Orders",
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
    list: {
      description: "List",
      entry: "list.ts",
      routes: ["GET /orders", "GET /all-orders"],
      auth: "none",
      example: { query: { limit: "10" } },
    },
    update: {
      description: "Update",
      entry: "update.ts",
      routes: ["PUT /orders/{orderId}"],
      auth: "none",
      example: { pathParameters: { orderId: "O-1" }, body: { note: "x" } },
    },
    sweep: { description: "Invoked by a schedule", entry: "sweep.ts" },
  },
  environments: {
    dev: { ...environment, approval: "none" },
    sit: { ...environment, approval: "confirm" },
    prod: { ...environment, approval: "confirm-and-reason" },
  },
});

describe("the example request of a function", () => {
  it("is the manifest's, to the function's first route", () => {
    expect(exampleRequest(service, "update")).toEqual({
      route: "PUT /orders/{orderId}",
      pathParameters: { orderId: "O-1" },
      query: {},
      body: { note: "x" },
    });
  });

  it("has no body where the manifest gives none", () => {
    expect(exampleRequest(service, "list")).toEqual({
      route: "GET /orders",
      pathParameters: {},
      query: { limit: "10" },
    });
  });

  it.each(["sweep", "unknown"])("is an error where the function has no route: %s", (key) => {
    expect(() => exampleRequest(service, key)).toThrow(`Function "${key}" has no route.`);
  });

  it("is an error with every problem where the manifest is not valid", () => {
    const broken = { ...service, name: "Not Kebab", prefix: 7 };
    expect(() => exampleRequest(broken, "list")).toThrow(
      expect.objectContaining({
        code: "MANIFEST_INVALID",
        message: expect.stringMatching(/name: .*\n?.*prefix: |prefix: .*\n?.*name: /s),
        problems: expect.arrayContaining([
          expect.objectContaining({ path: ["name"] }),
          expect.objectContaining({ path: ["prefix"] }),
        ]),
      }),
    );
  });
});
