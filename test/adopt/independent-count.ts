import { parseDocument } from "yaml";

/** What a file has, counted without a line of what is tested: routes as `GET /a/{b}`, tables as text. */
export interface Count {
  readonly routes: readonly string[];
  /** Keys, indexes and time to live of each, such as `pk:S sk:N | byDay(day:S) | ttl expiresAt`. */
  readonly tables: readonly string[];
  /** The names of events that are no routes. */
  readonly otherEvents: number;
}

type Data = Record<string, unknown>;

const all = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/**
 * Counts a file's routes and tables by looking at its plain data. It knows nothing of variables but files that are
 * included whole: a fixture's paths and keys are written out, or its test says what they come to.
 */
export function countOf(text: string, readFile: (path: string) => string = () => ""): Count {
  const data = plain(text);
  const isServerless = "provider" in data;
  const events = isServerless ? serverlessEvents(data, readFile) : samEvents(data);
  const requests = events.filter(({ path }) => path !== undefined);
  return {
    routes: requests.flatMap(({ method = "", path = "" }) => routesOf(method, path)).sort(),
    tables: resourcesOf(data, readFile).flatMap(tableOf).sort(),
    otherEvents: events.length - requests.length,
  };
}

/** CloudFormation's short tags are texts here: keys and paths have none. */
function plain(text: string): Data {
  const document = parseDocument(text, { logLevel: "silent", merge: true });
  return document.toJS({ maxAliasCount: -1 }) ?? {};
}

function included(value: unknown, readFile: (path: string) => string): unknown {
  const found = /^\$\{file\(([^)]*)\)(?::([\w.]+))?\}$/.exec(String(value ?? ""));
  if (found === null) return value;
  const below = (found[2] ?? "").split(".").filter((key) => key !== "");
  return below.reduce<unknown>((one, key) => Object(one)[key], plain(readFile(found[1] ?? "")));
}

interface Event {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
}

function serverlessEvents(data: Data, readFile: (path: string) => string): Event[] {
  const stated = [data.functions].flat().map((one) => included(one, readFile));
  const functions = stated.flatMap((one) => Object.values(Object(one)));
  return functions.flatMap((one) => {
    const { events } = Object(included(one, readFile));
    return (Array.isArray(events) ? events : []).map((event): Event => {
      const value = Object(event).http ?? Object(event).httpApi;
      if (value === undefined) return {};
      if (value === "*") return { method: "ANY", path: "*" };
      if (typeof value !== "string") {
        return {
          method: value.method ?? (value.path === "*" ? "ANY" : undefined),
          path: value.path,
        };
      }
      const [method, path] = value.split(" ");
      return { method, path };
    });
  });
}

function samEvents(data: Data): Event[] {
  const functions = Object.values(Object(data.Resources)).filter(
    (one) => Object(one).Type === "AWS::Serverless::Function",
  );
  return functions.flatMap((one) =>
    Object.values(Object(Object(Object(one).Properties).Events)).map((event): Event => {
      const { Type, Properties } = Object(event);
      if (Type !== "Api" && Type !== "HttpApi") return {};
      const { Method = "ANY", Path = "*" } = Object(Properties);
      return { method: Method, path: Path };
    }),
  );
}

function routesOf(method: string, path: string): string[] {
  const name = String(method).toUpperCase();
  const methods = name === "ANY" || name === "*" ? all : all.filter((one) => one === name);
  const paths =
    path === "*" || /^\/?\$default$/.test(path)
      ? ["/", "/{proxy+}"]
      : [`/${path.replace(/^\/|\/$/g, "")}`];
  return paths.flatMap((one) => methods.map((each) => `${each} ${one}`));
}

function resourcesOf(data: Data, readFile: (path: string) => string): unknown[] {
  const sources = "provider" in data ? [data.resources].flat() : [data];
  return sources
    .map((one) => Object(included(one, readFile)))
    .flatMap(({ Resources }) => Object.values(Object(included(Resources, readFile))))
    .map((one) => included(one, readFile));
}

function tableOf(resource: unknown): string[] {
  const { Type, Properties: properties = {} } = Object(resource);
  if (Type === "AWS::Serverless::SimpleTable") {
    const { Name = "id", Type: type = "String" } = Object(properties.PrimaryKey);
    return [`${Name}:${type.charAt(0)}`];
  }
  if (Type !== "AWS::DynamoDB::Table" && Type !== "AWS::DynamoDB::GlobalTable") return [];
  const types = new Map<string, string>(
    (properties.AttributeDefinitions ?? []).map((one: Record<string, string>) => [
      one.AttributeName,
      one.AttributeType,
    ]),
  );
  const keys = (schema: Record<string, string>[] = []) =>
    [...schema]
      .sort((one, other) => ((one.KeyType ?? "") < (other.KeyType ?? "") ? -1 : 1))
      .map(({ AttributeName = "" }) => `${AttributeName}:${types.get(AttributeName)}`)
      .join(" ");
  const indexes = (properties.GlobalSecondaryIndexes ?? [])
    .map(
      (one: { IndexName: string; KeySchema: Record<string, string>[] }) =>
        `${one.IndexName}(${keys(one.KeySchema)})`,
    )
    .sort();
  const ttl = properties.TimeToLiveSpecification;
  const ends =
    ttl === undefined || String(ttl.Enabled) === "false" ? [] : [`ttl ${ttl.AttributeName}`];
  return [[keys(properties.KeySchema), ...indexes, ...ends].join(" | ")];
}
