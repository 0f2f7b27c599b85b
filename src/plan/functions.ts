import type { Manifest } from "../manifest/index.ts";
import { environmentVariables, metricNamespace } from "../names.ts";
import { routeAuthVariable } from "./auth.ts";
import { planLambdaFunction } from "./lambda-function.ts";
import { ownValue } from "./own-value.ts";
import { secretStatements } from "./secrets.ts";
import { grantStatements } from "./statements.ts";
import type {
  ApiPlan,
  EnvironmentName,
  FunctionPlan,
  JwtPlan,
  SecretPlan,
  TablePlan,
} from "./types.ts";

/** What functions may be given access to. */
interface Resources {
  readonly tables: readonly TablePlan[];
  readonly secrets: readonly SecretPlan[];
}

interface Surroundings extends Resources {
  readonly api: ApiPlan;
  readonly jwt: JwtPlan | undefined;
}

/** Those of the manifest. The authorizer, where there is one, stands in the API's plan. */
export function planFunctions(
  manifest: Manifest,
  environment: EnvironmentName,
  { tables, secrets, api, jwt }: Surroundings,
): FunctionPlan[] {
  const { accountId, region, sizes } = manifest.environments[environment];
  return Object.entries(manifest.functions).map(([key, definition]) => {
    const size = { ...manifest, ...given(definition), ...given(ownValue(sizes, key) ?? {}) };
    const read = secrets.filter(({ readers }) => readers.includes(key));
    return planLambdaFunction(manifest, environment, {
      key,
      description: definition.description,
      entry: definition.entry,
      memoryMb: size.memoryMb,
      timeoutSeconds: size.timeoutSeconds,
      reservedConcurrency: size.reservedConcurrency ?? null,
      ephemeralStorageMb: size.ephemeralStorageMb,
      maxPackageSizeKb: definition.maxPackageSizeKb ?? manifest.maxPackageSizeKb,
      codeCache: definition.codeCache ?? manifest.codeCache,
      environmentVariables: {
        ...variables(manifest, environment, definition, { tables, secrets: read }),
        ...routeAuth(key, api, jwt),
      },
      statements: [
        ...grantStatements(key, definition, tables),
        ...definition.secrets.flatMap((secret, position) =>
          secretStatements(
            read.filter((one) => one.key === secret),
            { region, accountId, from: `functions.${key}.secrets[${position}]` },
          ),
        ),
      ],
      from: `functions.${key}`,
    });
  });
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

/** A function is told of the tables and secrets that it may use, and of no others: of secrets their names. */
function variables(
  manifest: Manifest,
  environment: EnvironmentName,
  definition: Definition,
  { tables, secrets }: Resources,
): Record<string, string> {
  const { cors } = manifest.api;
  const used = tables.filter(({ key }) => Object.hasOwn(definition.tables, key));
  return Object.fromEntries([
    ...[...used, ...secrets].map(({ variable, name }) => [variable, name]),
    [environmentVariables.environment, environment],
    [environmentVariables.logLevel, manifest.environments[environment].logLevel],
    [environmentVariables.serviceName, manifest.name],
    [environmentVariables.metricsNamespace, metricNamespace(manifest.prefix, manifest.name)],
    [environmentVariables.corsAllowOrigins, cors.allowOrigins.join(" ")],
    [environmentVariables.corsExposeHeaders, cors.exposeHeaders.join(",")],
  ]);
}
