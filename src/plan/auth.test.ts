import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { type Manifest, validateManifest } from "../manifest/index.ts";
import { planService } from "./index.ts";

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLEDev";
const dev = planService(manifestOf(product), "dev");

describe("who may call a route", () => {
  it("is everybody for what reads products, and whoever has the scope for what writes them", () => {
    const write = { type: "jwt", scopes: ["products:write"] };
    const auth = dev.api.routes.map(({ method, auth }) => [method, auth]);
    expect(Object.fromEntries(auth)).toEqual({
      GET: { type: "none" },
      POST: write,
      PUT: write,
      DELETE: write,
    });
  });

  it("may differ between the routes of one function", () => {
    const { get } = product.functions;
    const both = {
      ...get,
      routes: ["GET /v1.0/products/{productId}", "HEAD /v1.0/products/{productId}"],
      auth: {
        "GET /v1.0/products/{productId}": { scopes: ["b", "a", "b"] },
        "HEAD /v1.0/products/{productId}": "iam",
      },
      throttling: { requestsPerSecond: 5, burst: 10 },
    };
    const plan = planService(manifestOf({ ...product, functions: { get: both } }), "dev");
    expect(plan.api.routes.map(({ auth }) => auth)).toEqual([
      { type: "jwt", scopes: ["a", "b"] },
      { type: "iam" },
    ]);
    expect(plan.api.routes[0]?.throttling).toEqual({ requestsPerSecond: 5, burst: 10 });
    expect(JSON.parse(plan.functions[0]?.environmentVariables.ROUTE_AUTH ?? "")).toEqual({
      issuer,
      routes: {
        "GET /v1.0/products/{productId}": ["a", "b"],
        "HEAD /v1.0/products/{productId}": "iam",
      },
    });
  });

  it("is told to each function of its own routes, with whose tokens count, and nothing of others", () => {
    const told = dev.functions.map(({ key, environmentVariables }) => [
      key,
      JSON.parse(environmentVariables.ROUTE_AUTH ?? ""),
    ]);
    const scopes = ["products:write"];
    expect(Object.fromEntries(told)).toMatchObject({
      list: { issuer: "", routes: { "GET /v1.0/products": "none" } },
      create: { issuer, routes: { "POST /v1.0/products": scopes } },
      authorizer: {
        issuer,
        routes: {
          "POST /v1.0/products": scopes,
          "PUT /v1.0/products/{productId}": scopes,
          "DELETE /v1.0/products/{productId}": scopes,
        },
      },
    });
  });
});

describe("the authorizer", () => {
  it("is one more function, with permissions for its logs and traces alone", () => {
    expect(dev.api.authorizer).toMatchObject({
      issuer,
      audience: ["products-dev"],
      jwksUri: `${issuer}/.well-known/jwks.json`,
      cacheSeconds: 300,
      from: "environments.dev.jwt",
    });
    expect(dev.functions.at(-1)).toBe(dev.api.authorizer?.function);
    const actions = dev.functions.at(-1)?.role.statements.flatMap((one) => one.actions);
    expect(actions).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]);
  });

  it("is not there where no route asks for scopes", () => {
    const functions = { list: product.functions.list };
    const plan = planService(manifestOf({ ...product, functions }), "dev");
    expect(plan.api.authorizer).toBeNull();
    expect(plan.functions.map(({ key }) => key)).toEqual(["list"]);
  });

  it("takes keys from where the manifest says, and is for every audience that it names", () => {
    const jwt = { issuer: "https://id.acme.com/", audience: ["a", "b"] };
    const planned = (more: object) => {
      const environment = { ...product.environments.dev, jwt: { ...jwt, ...more } };
      const environments = { ...product.environments, dev: environment };
      return planService(manifestOf({ ...product, environments }), "dev").api.authorizer;
    };
    expect(planned({})).toMatchObject({
      audience: ["a", "b"],
      jwksUri: "https://id.acme.com/.well-known/jwks.json",
    });
    expect(planned({ jwksUri: "https://keys.acme.com/jwks" })?.jwksUri).toBe(
      "https://keys.acme.com/jwks",
    );
  });

  it("and every function take another issuer's tokens where the plan is made for this machine", () => {
    const jwt = {
      issuer: "http://127.0.0.1:3000/i",
      audience: ["x"],
      jwksUri: "http://127.0.0.1/k",
    };
    const local = planService(manifestOf(product), "dev", { jwt });
    expect(local.api.authorizer).toMatchObject(jwt);
    expect(JSON.stringify(local.functions)).not.toContain("cognito");
  });
});

function manifestOf(definition: object): Manifest {
  const validation = validateManifest(definition);
  if (validation.ok) return validation.manifest;
  throw new Error(JSON.stringify(validation.problems, null, 2));
}
