import type { ServiceSpec } from "../../src/scaffold/index.ts";

const everywhere = {
  dev: { accountId: "111122223333", region: "eu-west-1" },
  sit: { accountId: "444455556666", region: "eu-west-1" },
  prod: { accountId: "777788889999", region: "eu-west-1" },
};

/** What the Product service was made from. */
export const productSpec: ServiceSpec = {
  name: "product",
  prefix: "bbws",
  description: "The products that BBWS sells: list, get, create, update, delete",
  repository: "BigBeardWebSolutions/2_bbws_product_lambda",
  folder: "services/product",
  owners: ["@BigBeardWebSolutions/platform-team"],
  tags: {
    Project: "BBWS-Customer-Portal",
    Component: "Product-Lambda",
    Owner: "Platform-Team",
  },
  environments: {
    dev: { accountId: "536580886816", region: "eu-west-1" },
    sit: { accountId: "815856636111", region: "eu-west-1" },
    prod: {
      accountId: "093646564004",
      region: "af-south-1",
      recoveryRegion: "eu-west-1",
      tags: { CostCenter: "Infrastructure" },
    },
  },
  entity: {
    singular: "product",
    plural: "products",
    id: { prefix: "PROD", length: 6, alphabet: "0-9A-Z" },
    fields: [
      { name: "name", type: "text", required: true, example: "Test Product" },
      {
        name: "description",
        type: "text",
        required: true,
        limits: { min: 0, max: 2000 },
        example: "Test",
      },
      { name: "price", type: "decimal", required: true },
      { name: "currency", type: "currency", required: true, example: "ZAR" },
      {
        name: "period",
        type: "text",
        required: true,
        limits: { min: 1, max: 50 },
        example: "monthly",
      },
      { name: "features", type: "texts", required: false },
    ],
  },
};

/** What comes of `lambdakit new orders`, and nothing else. */
export const ordersSpec: ServiceSpec = {
  name: "orders",
  prefix: "acme",
  description: "Orders: list, get, create, update, delete",
  repository: null,
  folder: ".",
  owners: [],
  tags: {},
  environments: everywhere,
  entity: {
    singular: "order",
    plural: "orders",
    id: { prefix: "ORD", length: 6, alphabet: "0-9A-Z" },
    fields: [
      { name: "name", type: "text", required: true },
      { name: "description", type: "text", required: false, limits: { min: 0, max: 2000 } },
    ],
  },
};

/** A name of several words, ids of another form, and each kind of field. */
export const windowsSpec: ServiceSpec = {
  ...ordersSpec,
  name: "maintenance",
  prefix: "ops",
  description: "When what is looked after, and by whom",
  repository: "acme/maintenance",
  owners: ["@acme/operations"],
  tags: { Team: "Operations" },
  environments: {
    dev: { accountId: "123456789012", region: "us-east-1" },
    sit: { accountId: "123456789012", region: "us-east-1" },
    prod: { accountId: "123456789012", region: "us-east-1", recoveryRegion: "us-west-2" },
  },
  entity: {
    singular: "maintenance-window",
    plural: "maintenance-windows",
    id: { prefix: "MW", length: 10, alphabet: "0-9a-f" },
    fields: [
      { name: "title", type: "text", required: true, limits: { min: 3, max: 80 } },
      { name: "day", type: "date", required: true },
      { name: "startsAt", type: "time", required: false },
      { name: "minutes", type: "integer", required: true, limits: { min: 1, max: 1440 } },
      { name: "isUrgent", type: "boolean", required: true },
      { name: "state", type: "choice", required: true, choices: ["planned", "running", "done"] },
      { name: "systems", type: "texts", required: true, limits: { min: 0, max: 20 } },
      { name: "budget", type: "decimal", required: false },
      { name: "currency", type: "currency", required: false },
    ],
  },
};

/** The shortest names, and one field. */
export const adsSpec: ServiceSpec = {
  ...ordersSpec,
  name: "ad",
  description: "Ads",
  entity: {
    singular: "ad",
    plural: "ads",
    id: { prefix: "A", length: 6, alphabet: "0-9" },
    fields: [{ name: "budget", type: "integer", required: true }],
  },
};

/** The longest names: each line that has one is as long as it can be. */
export const longestSpec: ServiceSpec = {
  ...ordersSpec,
  name: "clearing",
  entity: {
    singular: "reconciliation-statement",
    plural: "reconciliations-of-month",
    id: { prefix: "REC", length: 6, alphabet: "0-9A-Z" },
    fields: [
      { name: "title", type: "text", required: true },
      { name: "lines", type: "texts", required: false },
    ],
  },
};
