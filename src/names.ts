/**
 * Names that both sides have to agree on: the toolkit that writes them, and the code inside a
 * function that reads them. Pure; imports nothing.
 */

/** The environment variables that every function gets. Tables have one more each, named in the manifest. */
export const environmentVariables = {
  environment: "ENVIRONMENT",
  logLevel: "LOG_LEVEL",
  /** The service's name in log lines; Powertools for AWS Lambda reads the same one. */
  serviceName: "POWERTOOLS_SERVICE_NAME",
  /** The origins that may call from a browser, separated by spaces. */
  corsAllowOrigins: "CORS_ALLOW_ORIGINS",
  /** The response headers that a script in a browser may read, separated by commas. */
  corsExposeHeaders: "CORS_EXPOSE_HEADERS",
} as const;

/** The name that a handler's file exports. */
export const handlerExport = "handler";

/** The header that ties the log lines of one user action together, over all services. */
export const correlationHeader = "X-Correlation-Id";

/** The message of the one log line that every request ends with. */
export const requestLogMessage = "request completed";

/** `Symbol.for` of this is set on the global object where a function's packages had to be compiled anew. */
export const codeCacheRejected = "lambdakit.codeCacheRejected";

/** `createOrder` → `create-order`: keys are camelCase in TypeScript and kebab-case in AWS. */
export function kebabCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

/** `bbws-product-list-dev` */
export function functionName(prefix: string, service: string, key: string, environment: string) {
  return `${prefix}-${service}-${kebabCase(key)}-${environment}`;
}

/** `bbws-product-orders-dev`, or what the table's `name` says with `{environment}` filled in. */
export function tableName(
  prefix: string,
  service: string,
  key: string,
  environment: string,
  template = `${prefix}-${service}-${kebabCase(key)}-{environment}`,
): string {
  return template.replaceAll("{environment}", environment);
}

/** `DYNAMODB_TABLE_ORDER_LINES` for `orderLines`. */
export function tableVariable(key: string): string {
  return `DYNAMODB_TABLE_${kebabCase(key).replaceAll("-", "_").toUpperCase()}`;
}

/** Set by Lambda in every execution environment, and so by `dev`. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const lambdaInitialization = "AWS_LAMBDA_INITIALIZATION_TYPE";
