import type { Manifest } from "../manifest/index.ts";
import { environmentVariables, functionName, lambdaHandler, metricNamespace } from "../names.ts";
import { routeAuthVariable } from "./auth.ts";
import { ownValue } from "./own-value.ts";
import { planStatements } from "./statements.ts";
import type { ApiPlan, EnvironmentName, FunctionPlan, JwtPlan, TablePlan } from "./types.ts";

/** Those of the manifest. The authorizer, where there is one, stands in the API's plan. */
export function planFunctions(
  manifest: Manifest,
  environment: EnvironmentName,
  { tables, api, jwt }: Surroundings,
): FunctionPlan[] {
  const { accountId, region, logLevel, logRetentionDays, sizes } =
    manifest.environments[environment];
  return Object.entries(manifest.functions).map(([key, definition]) => {
    const name = functionName(manifest.prefix, manifest.name, key, environment);
    const size = { ...manifest, ...given(definition), ...given(ownValue(sizes, key) ?? {}) };
    const logGroup = `/aws/lambda/${name}`;
    return {
      key,
      name,
      arn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
      description: definition.description,
      entry: definition.entry,
      handler: lambdaHandler,
      runtime: manifest.runtime,
      architecture: manifest.architecture,
      memoryMb: size.memoryMb,
      timeoutSeconds: size.timeoutSeconds,
      reservedConcurrency: size.reservedConcurrency ?? null,
      ephemeralStorageMb: size.ephemeralStorageMb,
      maxPackageSizeKb: definition.maxPackageSizeKb ?? manifest.maxPackageSizeKb,
      codeCache: definition.codeCache ?? manifest.codeCache,
      environmentVariables: {
        ...variables(manifest, environment, definition, tables),
        ...routeAuth(key, api, jwt),
      },
      logGroup: { name: logGroup, retentionDays: logRetentionDays },
      // Lambda's own line of each invocation says what it took, and comes at INFO: it is wanted everywhere.
      logging: {
        applicationLevel: logLevel === "DEBUG" ? "DEBUG" : "INFO",
        systemLevel: "INFO",
      },
      role: {
        name,
        statements: planStatements(key, definition, tables, {
          tracing: manifest.tracing,
          logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`,
        }),
      },
      from: `functions.${key}`,
    };
  });
}

interface Surroundings {
  readonly tables: readonly TablePlan[];
  readonly api: ApiPlan;
  readonly jwt: JwtPlan | undefined;
}

/** For functions that answer routes: without them there is no request to hold it against. */
function routeAuth(key: string, api: ApiPlan, jwt: JwtPlan | undefined): Record<string, string> {
  const routes = api.routes.filter((route) => route.function === key);
  if (routes.length === 0) return {};
  return { [environmentVariables.routeAuth]: routeAuthVariable(routes, jwt) };
}

type Definition = Manifest["functions"][string];

const sizes = ["memoryMb", "timeoutSeconds", "reservedConcurrency", "ephemeralStorageMb"] as const;
type Size = { readonly [Name in (typeof sizes)[number]]?: number | undefined };

/** Only the sizes that are stated, so that spreading them overrides nothing else. */
function given(size: Size): { [Name in keyof Size]?: number } {
  return Object.fromEntries(
    sizes.flatMap((name) => (size[name] === undefined ? [] : [[name, size[name]]])),
  );
}

/** A function is told of the tables that it may use, and of no others. */
function variables(
  manifest: Manifest,
  environment: EnvironmentName,
  definition: Definition,
  tables: readonly TablePlan[],
): Record<string, string> {
  const { cors } = manifest.api;
  const used = tables.filter(({ key }) => Object.hasOwn(definition.tables, key));
  return Object.fromEntries([
    ...used.map(({ variable, name }) => [variable, name]),
    [environmentVariables.environment, environment],
    [environmentVariables.logLevel, manifest.environments[environment].logLevel],
    [environmentVariables.serviceName, manifest.name],
    [environmentVariables.metricsNamespace, metricNamespace(manifest.prefix, manifest.name)],
    [environmentVariables.corsAllowOrigins, cors.allowOrigins.join(" ")],
    [environmentVariables.corsExposeHeaders, cors.exposeHeaders.join(",")],
  ]);
}
