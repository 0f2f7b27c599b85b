import { defineService } from "lambdakit";
import * as contract from "./src/models/contract.ts";

const invalid = { description: "The request is not valid: see errors" };
const notFound = { description: "No product has this id" };
const changed = { description: "The product has none of the entity tags in If-Match" };
const tooLarge = { description: "The body is over 256 KiB" };
const notJson = { description: "The body is not JSON by its Content-Type" };

export default defineService({
  name: "product",
  prefix: "bbws",
  description: "The products that BBWS sells: list, get, create, update, delete",
  repository: "BigBeardWebSolutions/2_bbws_product_lambda",
  folder: "services/product",

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

  // Each function reads PRIMING, which is not there, while it initialises: see src/handlers/product-handler.ts.
  functions: {
    list: {
      description: "List all active products",
      entry: "src/handlers/list-products.ts",
      routes: ["GET /v1.0/products"],
      auth: "none",
      tables: {
        products: [
          { allow: ["Query"], index: "ActiveProductsIndex", partitionKeys: ["true"] },
          { allow: ["GetItem", "PutItem"], partitionKeys: ["PAGE_TOKEN_KEY"] },
          { allow: ["GetItem"], partitionKeys: ["PRIMING"] },
        ],
      },
      schemas: {
        query: contract.listQuery,
        responses: {
          200: { description: "A page of products", body: contract.productList },
          400: invalid,
        },
      },
    },
    get: {
      description: "Get product by ID",
      entry: "src/handlers/get-product.ts",
      routes: ["GET /v1.0/products/{productId}"],
      auth: "none",
      tables: {
        products: [
          { allow: ["GetItem"], partitionKeys: ["PRODUCT#*"] },
          { allow: ["GetItem"], partitionKeys: ["PRIMING"] },
        ],
      },
      example: { pathParameters: { productId: "PROD-ABC123" } },
      schemas: {
        pathParameters: contract.productPath,
        responses: {
          200: {
            description: "The product",
            headers: contract.productHeaders,
            body: contract.product,
          },
          400: invalid,
          404: notFound,
        },
      },
    },
    create: {
      description: "Create new product",
      entry: "src/handlers/create-product.ts",
      routes: ["POST /v1.0/products"],
      auth: { scopes: ["products:write"] },
      tables: {
        products: [
          { allow: ["PutItem"], partitionKeys: ["PRODUCT#*", "IDEMPOTENCY#*"] },
          { allow: ["GetItem"], partitionKeys: ["IDEMPOTENCY#*"] },
          { allow: ["GetItem"], partitionKeys: ["PRIMING"] },
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
      schemas: {
        headers: contract.createHeaders,
        body: contract.newProduct,
        responses: {
          201: {
            description: "The product, as it was created",
            headers: contract.createdHeaders,
            body: contract.product,
          },
          400: invalid,
          409: { description: "The Idempotency-Key is being used, or no id was free: try again" },
          413: tooLarge,
          415: notJson,
          422: { description: "The Idempotency-Key came with another product before" },
        },
      },
    },
    update: {
      description: "Update existing product",
      entry: "src/handlers/update-product.ts",
      routes: ["PUT /v1.0/products/{productId}"],
      auth: { scopes: ["products:write"] },
      tables: {
        products: [
          { allow: ["UpdateItem"], partitionKeys: ["PRODUCT#*"] },
          { allow: ["GetItem"], partitionKeys: ["PRIMING"] },
        ],
      },
      example: { pathParameters: { productId: "PROD-ABC123" }, body: { price: "149.99" } },
      schemas: {
        pathParameters: contract.productPath,
        headers: contract.changeHeaders,
        body: contract.productChanges,
        responses: {
          200: {
            description: "The product, as it is now",
            headers: contract.productHeaders,
            body: contract.product,
          },
          400: invalid,
          404: notFound,
          412: changed,
          413: tooLarge,
          415: notJson,
        },
      },
    },
    delete: {
      description: "Delete product (soft delete)",
      entry: "src/handlers/delete-product.ts",
      routes: ["DELETE /v1.0/products/{productId}"],
      auth: { scopes: ["products:write"] },
      tables: {
        products: [
          { allow: ["UpdateItem"], partitionKeys: ["PRODUCT#*"] },
          { allow: ["GetItem"], partitionKeys: ["PRIMING"] },
        ],
      },
      example: { pathParameters: { productId: "PROD-ABC123" } },
      schemas: {
        pathParameters: contract.productPath,
        headers: contract.changeHeaders,
        responses: {
          204: { description: "The product is inactive, now or since before" },
          400: invalid,
          404: notFound,
          412: changed,
        },
      },
    },
  },

  sampleData: "sample-data.json",

  alarms: {
    functionErrors: { ratePercent: 1, minimumCount: 5 },
    functionDuration: { percentOfTimeout: 83 },
    functionThrottles: { ratePercent: 1, minimumCount: 5 },
    apiServerErrors: { ratePercent: 1, minimumCount: 10 },
    apiErrorBudget: { availabilityPercent: 99.9, minimumCount: 3 },
    apiLatency: { p99Milliseconds: 5000 },
    tableThrottles: { count: 5 },
    tableSystemErrors: { count: 5 },
  },

  recovery: { rpoMinutes: 60, rtoMinutes: 30 },

  tags: {
    Project: "BBWS-Customer-Portal",
    Component: "Product-Lambda",
    Owner: "Platform-Team",
  },

  // The issuers are examples: write those of your own user pools, or nobody can write products.
  environments: {
    dev: {
      accountId: "536580886816",
      region: "eu-west-1",
      logLevel: "DEBUG",
      logRetentionDays: 7,
      approval: "none",
      jwt: {
        issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLEDev",
        audience: "products-dev",
      },
    },
    sit: {
      accountId: "815856636111",
      region: "eu-west-1",
      logLevel: "INFO",
      logRetentionDays: 14,
      approval: "confirm",
      jwt: {
        issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLESit",
        audience: "products-sit",
      },
    },
    prod: {
      accountId: "093646564004",
      region: "af-south-1",
      logLevel: "WARN",
      logRetentionDays: 30,
      approval: "confirm-and-reason",
      jwt: {
        issuer: "https://cognito-idp.af-south-1.amazonaws.com/af-south-1_EXAMPLEProd",
        audience: "products-prod",
      },
      recoveryRegion: "eu-west-1",
      tags: { CostCenter: "Infrastructure" },
    },
  },
});
