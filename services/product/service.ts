import { defineService } from "lambdakit";

export default defineService({
  name: "product",
  prefix: "bbws",
  description: "The products that BBWS sells: list, get, create, update, delete",

  runtime: "nodejs22.x",
  architecture: "arm64",
  memoryMb: 256,
  timeoutSeconds: 30,

  api: {
    stage: "v1",
    cors: { allowOrigins: ["*"] },
  },

  tables: {
    products: {
      name: "products-{environment}",
      variable: "DYNAMODB_TABLE",
      partitionKey: "PK",
      sortKey: "SK",
      timeToLiveAttribute: "expiresAt",
      indexes: {
        ActiveProductsIndex: { partitionKey: "active", sortKey: "createdAt" },
      },
    },
  },

  functions: {
    list: {
      description: "List all active products",
      entry: "src/handlers/list-products.ts",
      routes: ["GET /v1.0/products"],
      tables: {
        products: [
          { allow: ["Query"], index: "ActiveProductsIndex", partitionKeys: ["true"] },
          { allow: ["GetItem", "PutItem"], partitionKeys: ["PAGE_TOKEN_KEY"] },
        ],
      },
    },
    get: {
      description: "Get product by ID",
      entry: "src/handlers/get-product.ts",
      routes: ["GET /v1.0/products/{productId}"],
      tables: { products: [{ allow: ["GetItem"], partitionKeys: ["PRODUCT#*"] }] },
      example: { pathParameters: { productId: "PROD-ABC123" } },
    },
    create: {
      description: "Create new product",
      entry: "src/handlers/create-product.ts",
      routes: ["POST /v1.0/products"],
      tables: {
        products: [
          { allow: ["PutItem"], partitionKeys: ["PRODUCT#*", "IDEMPOTENCY#*"] },
          { allow: ["GetItem"], partitionKeys: ["IDEMPOTENCY#*"] },
        ],
      },
      example: {
        body: {
          name: "Test Product",
          description: "Test",
          price: "99.99",
          currency: "ZAR",
          period: "monthly",
          features: [],
        },
      },
    },
    update: {
      description: "Update existing product",
      entry: "src/handlers/update-product.ts",
      routes: ["PUT /v1.0/products/{productId}"],
      tables: { products: [{ allow: ["UpdateItem"], partitionKeys: ["PRODUCT#*"] }] },
      example: { pathParameters: { productId: "PROD-ABC123" }, body: { price: "149.99" } },
    },
    delete: {
      description: "Delete product (soft delete)",
      entry: "src/handlers/delete-product.ts",
      routes: ["DELETE /v1.0/products/{productId}"],
      tables: { products: [{ allow: ["UpdateItem"], partitionKeys: ["PRODUCT#*"] }] },
      example: { pathParameters: { productId: "PROD-ABC123" } },
    },
  },

  sampleData: "sample-data.json",

  alarms: {
    functionErrors: { ratePercent: 1, minimumCount: 5 },
    functionDuration: { percentOfTimeout: 83 },
    functionThrottles: { count: 5 },
    apiServerErrors: { ratePercent: 1, minimumCount: 10 },
    apiLatency: { p99Milliseconds: 5000 },
  },

  recovery: { rpoMinutes: 60, rtoMinutes: 30 },

  tags: {
    Project: "BBWS-Customer-Portal",
    Component: "Product-Lambda",
    Owner: "Platform-Team",
  },

  environments: {
    dev: {
      accountId: "536580886816",
      region: "eu-west-1",
      logLevel: "DEBUG",
      logRetentionDays: 7,
      approval: "none",
    },
    sit: {
      accountId: "815856636111",
      region: "eu-west-1",
      logLevel: "INFO",
      logRetentionDays: 14,
      approval: "confirm",
    },
    prod: {
      accountId: "093646564004",
      region: "af-south-1",
      logLevel: "WARN",
      logRetentionDays: 30,
      approval: "confirm-and-reason",
      recoveryRegion: "eu-west-1",
      tags: { CostCenter: "Infrastructure" },
    },
  },
});
