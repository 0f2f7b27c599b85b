import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { environmentNames, validateManifest } from "../manifest/index.ts";
import { planService, type ServicePlan, standbyPlan } from "../plan/index.ts";
import {
  accountVariables,
  artifactVariables,
  backendConfiguration,
  type GatewayDocument,
  gatewayDocument,
  recoveryRegionVariables,
  tfvars,
} from "./index.ts";

/** The same files that `generate` writes, that are deployed, and that the tests of the modules read. */
const environments = new URL("../../services/product/terraform/environments/", import.meta.url);

describe("the variables of the Product service", () => {
  it.each(environmentNames)("are, to the letter, what is committed for %s", async (name) => {
    const committed = fileURLToPath(new URL(`${name}.tfvars.json`, environments));
    const json = `${JSON.stringify(tfvars(planOf(product, name)), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(committed);
  });

  it("are, to the letter, what is committed for where prod stands by", async () => {
    const committed = fileURLToPath(new URL("prod-standby.tfvars.json", environments));
    const json = `${JSON.stringify(tfvars(standbyOf(product, "prod")), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(committed);
  });

  it("give a name that moves to both places, with a replica of the table in one", () => {
    const domain = { name: "products.example.com", zoneId: "Z0123456789EXAMPLE" };
    const named = {
      ...product,
      environments: {
        ...product.environments,
        prod: { ...product.environments.prod, domain },
      },
    };
    const primary = tfvars(planOf(named, "prod"));
    expect(primary.domain).toEqual({
      name: "products.example.com",
      zone_id: "Z0123456789EXAMPLE",
      place: "primary",
      record_ttl_seconds: 60,
      health_check: { path: "/v1/v1.0/products", interval_seconds: 30, failure_threshold: 3 },
    });
    const standby = tfvars(standbyOf(named, "prod"));
    expect(standby.domain).toEqual({ ...primary.domain, place: "standby" });
    const replicas = [primary, standby].map(({ tables }) => tables.products?.replica_region);
    expect(replicas).toEqual(["eu-west-1", null]);
    expect(tfvars(planOf(product, "prod")).domain).toBeNull();
  });

  it("say nothing of the code, so that they change only with the manifest", () => {
    expect(Object.keys(tfvars(planOf(product, "dev")))).not.toContain("artifacts");
    expect(JSON.stringify(tfvars(planOf(product, "dev")))).not.toMatch(/sha256|\.zip/);
  });

  it("have snake_case names all over, but for what is named by others", () => {
    const named = ["tags", "environment_variables", "statements", "body", "metrics"];
    const wrong = keysIn(tfvars(planOf(product, "dev")), named).filter(
      (key) => !/^[a-z0-9_]+$/.test(key),
    );
    // Those are keys of the manifest, an index and alarms.
    expect(wrong.filter((key) => !/^(ActiveProductsIndex|bbws-product-.*)$/.test(key))).toEqual([]);
  });

  it("have each function's own permissions, to the letter of its plan", () => {
    const plan = planOf(product, "prod");
    for (const { key, role } of plan.functions) {
      expect(tfvars(plan).functions[key]?.statements).toEqual(
        role.statements.map(({ from: _, ...statement }) => statement),
      );
    }
  });

  it("limit a route where its function has limits of its own, and name who says who may call", () => {
    const { create, ...others } = product.functions;
    const throttling = { requestsPerSecond: 5, burst: 10 };
    const limited = { ...product, functions: { ...others, create: { ...create, throttling } } };
    expect(tfvars(planOf(limited, "dev")).api).toMatchObject({
      requests_per_second: 500,
      route_throttling: { "POST /v1.0/products": { requests_per_second: 5, burst: 10 } },
      authorizer: "authorizer",
    });
    expect(tfvars(planOf(product, "dev")).api?.route_throttling).toEqual({});
    const open = { ...product, functions: guardedBy("none") };
    expect(tfvars(planOf(open, "dev")).api?.authorizer).toBeNull();
  });

  it("have no API where no function has a route", () => {
    const idle = { ...product, functions: { work: { description: "Works", entry: "work.ts" } } };
    expect(tfvars(planOf(idle, "dev")).api).toBeNull();
  });
});

describe("the variables of an account", () => {
  it.each(environmentNames)("are, to the letter, what test/golden has for %s", async (name) => {
    const golden = new URL(
      `../../test/golden/product.${name}.account.tfvars.json`,
      import.meta.url,
    );
    const json = `${JSON.stringify(accountVariables(planOf(product, name)), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(fileURLToPath(golden));
  });

  it("have a region that takes over where prod has one, and nowhere else, to the letter", async () => {
    const golden = new URL(
      "../../test/golden/product.prod.recovery-region.tfvars.json",
      import.meta.url,
    );
    const [dev, sit, prod] = environmentNames.map((name) =>
      recoveryRegionVariables(planOf(product, name)),
    );
    expect([dev, sit]).toEqual([null, null]);
    await expect(`${JSON.stringify(prod, null, 2)}\n`).toMatchFileSnapshot(fileURLToPath(golden));
  });

  it("name the same places that the plan of what stands by has", () => {
    const { standby } = accountVariables(planOf(product, "prod")).services["product-prod"] ?? {};
    const plan = standbyOf(product, "prod");
    expect(standby).toEqual({
      region: plan.region,
      state_bucket: plan.deployment.stateBucket,
      state_key: plan.deployment.stateKey,
      artifact_bucket: plan.deployment.artifactBucket,
      deployments: plan.deployment.history,
    });
  });

  it("let nobody deploy where the manifest names no repository", () => {
    const { repository: _, ...rest } = product;
    expect(accountVariables(planOf(rest, "dev")).services["product-dev"]).toMatchObject({
      github: null,
      releases_role: { account_id: "815856636111", role_arns: [] },
    });
  });

  it("leave tables alone that others look after", () => {
    const tables = { products: { ...product.tables?.products, existing: true } };
    const { services } = accountVariables(planOf({ ...product, tables }, "dev"));
    expect(services["product-dev"]?.table_names).toEqual([]);
  });

  it("trust a repository with immutable subjects by its ids, and the branch that is deployed", () => {
    const definition = { ...product, repository: "acme@12/shop@34", branch: "trunk" };
    expect(accountVariables(planOf(definition, "sit")).services["product-sit"]?.github).toEqual({
      deploy_role: "bbws-deploy-product-sit",
      deploy_subject: "repo:acme@12/shop@34:environment:sit",
      deploy_ref: "refs/heads/trunk",
      plan_role: "bbws-plan-product-sit",
      plan_subject: "repo:acme@12/shop@34:environment:sit-plan",
    });
  });
});

describe("the variables of artifacts", () => {
  it("find each function's zip by what it is, in the order of their keys", () => {
    const variables = artifactVariables({ list: { sha256: "b".repeat(64) }, get: { sha256: "a" } });
    expect(JSON.stringify(variables)).toBe(
      `{"artifacts":{"get":{"key":"artifacts/a.zip","sha256":"a"},"list":{"key":"artifacts/${"b".repeat(64)}.zip","sha256":"${"b".repeat(64)}"}}}`,
    );
  });
});

describe("the configuration of the backend", () => {
  it("is a state of its own for each service and environment", () => {
    expect(backendConfiguration(planOf(product, "prod"))).toEqual({
      bucket: "bbws-terraform-state-093646564004-af-south-1",
      key: "services/product/prod.tfstate",
      region: "af-south-1",
    });
  });
});

describe("the document for API Gateway", () => {
  let document: ReturnType<typeof gatewayDocument>;
  beforeAll(() => {
    document = gatewayDocument(planOf(product, "dev"));
  });

  it("sends each route to the alias of its function", () => {
    expect(document.paths["/v1.0/products/{productId}"]?.put).toEqual({
      parameters: [
        { name: "productId", in: "path", required: true, schema: { type: "string" } },
        { name: "If-Match", in: "header", required: false, schema: { type: "string" } },
      ],
      security: [{ token: [] }],
      responses: { 200: { description: "The function's answer" } },
      "x-amazon-apigateway-integration": {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:536580886816:function:bbws-product-update-dev:live/invocations",
        passthroughBehavior: "when_no_match",
      },
    });
  });

  it("answers OPTIONS on every path itself, with CORS headers", () => {
    const [one, other] = Object.values(document.paths).map(({ options }) => options);
    expect(Object.keys(document.paths)).toHaveLength(2);
    expect(other?.["x-amazon-apigateway-integration"]).toMatchObject({
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode":200}' },
      responses: {
        default: {
          statusCode: "200",
          responseParameters: {
            "method.response.header.Access-Control-Allow-Origin": "'*'",
            "method.response.header.Access-Control-Allow-Methods": "'GET,PUT,DELETE,OPTIONS'",
            "method.response.header.Access-Control-Max-Age": "'600'",
          },
        },
      },
    });
    expect(one?.parameters).toBeUndefined();
    expect(other?.parameters?.map(({ name }) => name)).toEqual(["productId"]);
  });

  it("has every header that an integration sets declared on its method, or API Gateway refuses it", () => {
    for (const path of Object.keys(document.paths)) {
      const { headers } = Object(document.paths[path]?.options?.responses[200]);
      expect(Object.keys(preflightOf(document, path).responseParameters)).toEqual(
        Object.keys(headers).map((name) => `method.response.header.${name}`),
      );
    }
  });

  it("has headers for CORS and for security on what the gateway answers by itself", () => {
    const parameters = {
      "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
      "gatewayresponse.header.Cache-Control": "'no-store'",
      "gatewayresponse.header.Strict-Transport-Security": "'max-age=63072000'",
      "gatewayresponse.header.X-Content-Type-Options": "'nosniff'",
    };
    const challenge = { "gatewayresponse.header.WWW-Authenticate": "'Bearer'" };
    const responses = document["x-amazon-apigateway-gateway-responses"];
    expect(parametersOf(responses)).toEqual({
      DEFAULT_4XX: parameters,
      DEFAULT_5XX: parameters,
      UNAUTHORIZED: { ...parameters, ...challenge },
    });
    const templates = Object.values(responses).map((one) => one.responseTemplates);
    expect(new Set(templates.map((one) => one["application/json"]))).toEqual(
      new Set(['{"message":$context.error.messageString}']),
    );
  });

  it("asks for a token where a route has scopes, and says of every other operation that it is open", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security, ...operation }]) => [
        `${method} ${path}`,
        security ?? operation["x-amazon-apigateway-auth"]?.type,
      ]),
    );
    const token = [{ token: [] }];
    expect(Object.fromEntries(operations)).toEqual({
      "get /v1.0/products": "NONE",
      "post /v1.0/products": token,
      "options /v1.0/products": "NONE",
      "get /v1.0/products/{productId}": "NONE",
      "put /v1.0/products/{productId}": token,
      "delete /v1.0/products/{productId}": token,
      "options /v1.0/products/{productId}": "NONE",
    });
  });

  it("has an authorizer that is the alias of its function, and is asked about tokens alone", () => {
    const scheme = document.components?.securitySchemes.token;
    const authorizer = scheme?.["x-amazon-apigateway-authorizer"];
    expect(authorizer).toMatchObject({
      type: "token",
      authorizerUri:
        "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:536580886816:function:bbws-product-authorizer-dev:live/invocations",
      authorizerResultTtlInSeconds: 300,
      identitySource: "method.request.header.Authorization",
    });
    const asked = new RegExp(authorizer?.identityValidationExpression ?? "");
    expect(
      [
        "Bearer a.b-c.d_e",
        "bearer a.b.c",
        "a.b.c",
        "Bearer a.b",
        "Bearer a.b.c x",
        "Basic YTpi",
      ].map((value) => asked.test(value)),
    ).toEqual([true, true, false, false, false, false]);
  });

  it("lets IAM decide where a route says so, and has no authorizer then", () => {
    const { token: _, ...schemes } = document.components?.securitySchemes ?? {};
    const inside = gatewayDocument(planOf({ ...product, functions: guardedBy("iam") }, "dev"));
    expect(schemes).toEqual({});
    expect(inside.paths["/stock"]?.get?.security).toEqual([{ sigv4: [] }]);
    expect(inside.components?.securitySchemes).toEqual({
      sigv4: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
      },
    });
    expect(inside["x-amazon-apigateway-gateway-responses"]).not.toHaveProperty("UNAUTHORIZED");
  });

  it("has no schemes where everything is open", () => {
    const open = gatewayDocument(planOf({ ...product, functions: guardedBy("none") }, "dev"));
    expect(open).not.toHaveProperty("components");
  });

  it("refuses requests that lack a parameter, and leaves bodies to the functions", () => {
    const name = document["x-amazon-apigateway-request-validator"];
    expect(document["x-amazon-apigateway-request-validators"][name]).toEqual({
      validateRequestParameters: true,
      validateRequestBody: false,
    });
  });

  it("has nothing that API Gateway does not import: models, references, parameters of a path", () => {
    expect(JSON.stringify(document)).not.toMatch(/\$ref|schemas|requestBody/);
    for (const path of Object.values(document.paths)) expect(path).not.toHaveProperty("parameters");
  });

  it("looks which origin has asked, where several are allowed", () => {
    const origins = ["https://a.example.com", "http://localhost:5173"];
    const cors = { ...product, api: { cors: { allowOrigins: origins } } };
    const several = gatewayDocument(planOf(cors, "dev"));
    const answer = preflightOf(several, "/v1.0/products");
    expect(answer.responseParameters).not.toHaveProperty([
      "method.response.header.Access-Control-Allow-Origin",
    ]);
    expect(answer.responseTemplates["application/json"]).toContain(
      '#if($origin == "https://a.example.com" || $origin == "http://localhost:5173")#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end',
    );
    const { DEFAULT_4XX } = several["x-amazon-apigateway-gateway-responses"];
    expect(DEFAULT_4XX?.responseParameters).toHaveProperty(
      ["gatewayresponse.header.Access-Control-Allow-Origin"],
      "'https://a.example.com'",
    );
  });

  it("names binary media types, and keeps preflight answers text", () => {
    const api = { ...product.api, binaryMediaTypes: ["*/*"] };
    const binary = gatewayDocument(planOf({ ...product, api }, "dev"));
    expect(binary["x-amazon-apigateway-binary-media-types"]).toEqual(["*/*"]);
    expect(
      binary.paths["/v1.0/products"]?.options?.["x-amazon-apigateway-integration"],
    ).toHaveProperty("contentHandling", "CONVERT_TO_TEXT");
    expect(document).not.toHaveProperty("x-amazon-apigateway-binary-media-types");
  });

  it("keeps the plus of a parameter that takes slashes", () => {
    const functions = {
      files: {
        description: "Files",
        entry: "files.ts",
        routes: ["GET /files/{proxy+}" as const],
        auth: "none" as const,
        example: { pathParameters: { proxy: "a/b" } },
      },
    };
    const { paths } = gatewayDocument(planOf({ ...product, functions }, "dev"));
    expect(paths["/files/{proxy+}"]?.options?.parameters?.[0]?.name).toBe("proxy");
    expect(paths["/files/{proxy+}"]?.get?.parameters?.[0]?.name).toBe("proxy");
  });
});

function planOf(definition: object, environment: (typeof environmentNames)[number]): ServicePlan {
  const validation = validateManifest(definition);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, environment);
}

function standbyOf(definition: object, environment: (typeof environmentNames)[number]) {
  const validation = validateManifest(definition);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const plan = standbyPlan(validation.manifest, environment);
  if (plan === null) throw new Error(`${environment} has no recoveryRegion`);
  return plan;
}

/** One function with one route. */
function guardedBy(auth: "none" | "iam") {
  return {
    stock: { description: "Stock", entry: "stock.ts", routes: ["GET /stock" as const], auth },
  };
}

function parametersOf(responses: GatewayDocument["x-amazon-apigateway-gateway-responses"]) {
  return Object.fromEntries(
    Object.entries(responses).map(([type, { responseParameters }]) => [type, responseParameters]),
  );
}

/** What the gateway answers to OPTIONS. */
function preflightOf(document: GatewayDocument, path: string) {
  const integration = Object(document.paths[path]?.options?.["x-amazon-apigateway-integration"]);
  return integration.responses.default as {
    readonly responseParameters: Readonly<Record<string, string>>;
    readonly responseTemplates: Readonly<Record<string, string>>;
  };
}

function keysIn(value: unknown, skipped: readonly string[]): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...(skipped.includes(key) ? [] : keysIn(inner, skipped)),
  ]);
}
