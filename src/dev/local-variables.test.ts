import { describe, expect, it } from "vitest";
import type { FunctionPlan } from "../plan/index.ts";
import { localVariables, tableAccess } from "./local-variables.ts";

const lambda: FunctionPlan = {
  key: "list",
  name: "acme-orders-list-dev",
  arn: "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-list-dev",
  description: "List all orders",
  entry: "src/list.ts",
  handler: "index.handler",
  runtime: "nodejs22.x",
  architecture: "arm64",
  memoryMb: 512,
  maxPackageSizeKb: 1024,
  codeCache: false,
  timeoutSeconds: 30,
  reservedConcurrency: null,
  ephemeralStorageMb: 512,
  environmentVariables: { ENVIRONMENT: "dev", LOG_LEVEL: "DEBUG", DYNAMODB_TABLE: "orders-dev" },
  logGroup: { name: "/aws/lambda/acme-orders-list-dev", retentionDays: 7 },
  logging: { applicationLevel: "DEBUG", systemLevel: "INFO" },
  role: { name: "acme-orders-list-dev", statements: [] },
  from: "functions.list",
};

const endpoint = "http://127.0.0.1:8000";
const credentials = {
  accessKeyId: "ASIA0123456789ABCDEF", // not-a-secret: made up for a test
  secretAccessKey: "secret of the function",
  sessionToken: "token of the function",
};

describe("the variables of a function on this machine", () => {
  const variables = localVariables({ region: "eu-west-1" }, lambda, endpoint, credentials);

  it("are its own, but for the environment, which is local", () => {
    expect(variables).toMatchObject({
      LOG_LEVEL: "DEBUG",
      DYNAMODB_TABLE: "orders-dev",
      ENVIRONMENT: "local",
    });
  });

  it("are those that Lambda sets", () => {
    expect(variables).toMatchObject({
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_FUNCTION_NAME: "acme-orders-list-dev",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/acme-orders-list-dev",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      _HANDLER: "index.handler",
      LAMBDA_TASK_ROOT: "/var/task",
      LAMBDA_RUNTIME_DIR: "/var/runtime",
      TZ: ":UTC",
      PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
      NODE_PATH: expect.stringContaining("/opt/nodejs/node22/node_modules:"),
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      AWS_XRAY_DAEMON_ADDRESS: "169.254.79.129:2000",
    });
  });

  it("lead an SDK to the tables on this machine, with the function's own credentials", () => {
    expect(variables).toMatchObject({
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    });
  });

  it("make whoever has no credentials the developer, who may do everything", () => {
    expect(tableAccess("eu-west-1", endpoint)).toMatchObject({
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_SESSION_TOKEN: "local",
    });
  });

  it("have nothing of this machine's own", () => {
    for (const name of ["HOME", "USER", "NODE_ENV"]) expect(variables).not.toHaveProperty(name);
    expect(variables.PATH).not.toBe(process.env.PATH);
  });
});
