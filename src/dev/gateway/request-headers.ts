/** A header of a request: as it was written first, with every value that it has. */
export interface Header {
  readonly name: string;
  readonly values: string[];
}

/** By name in lower case. One header written in two ways is one header. */
export type RequestHeaders = ReadonlyMap<string, Header>;

/** @param rawHeaders names and values in turn, as they came */
export function readHeaders(rawHeaders: readonly string[]): RequestHeaders {
  const headers = new Map<string, Header>();
  for (let position = 0; position + 1 < rawHeaders.length; position += 2) {
    const name = rawHeaders[position] as string;
    const value = rawHeaders[position + 1] as string;
    const key = name.toLowerCase();
    const known = headers.get(key);
    if (known === undefined) headers.set(key, { name, values: [value] });
    else known.values.push(value);
  }
  return headers;
}

export function firstValue(headers: RequestHeaders, key: string): string | undefined {
  return headers.get(key)?.values[0];
}

/** Headers that API Gateway keeps to itself. */
const removed = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "www-authenticate",
]);

/** Names keep the caller's case, but for those that API Gateway itself reads or writes. */
const canonical = new Map([
  ["authorization", "Authorization"],
  ["user-agent", "User-Agent"],
]);

/** Headers that API Gateway writes, whatever the caller says in them. */
const written = new Set([
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-amzn-trace-id",
]);

/** The headers that a function gets: the last value of each, and all of them. */
export interface EventHeaders {
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
}

export function eventHeaders(given: RequestHeaders, sourceIp: string, trace: string): EventHeaders {
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [key, { name, values }] of given) {
    if (removed.has(key) || written.has(key)) continue;
    const shown = canonical.get(key) ?? name;
    put(headers, shown, values[values.length - 1] as string);
    put(multiValueHeaders, shown, values);
  }
  // Whoever forwarded it is kept, and the caller's own address comes last.
  const forwardedFor = given.get("x-forwarded-for")?.values;
  const add = (name: string, value: string) => {
    headers[name] = value;
    multiValueHeaders[name] = [value];
  };
  add("X-Forwarded-For", forwardedFor ? [...forwardedFor, sourceIp].join(", ") : sourceIp);
  add("X-Forwarded-Port", "443");
  add("X-Forwarded-Proto", "https");
  add("X-Amzn-Trace-Id", trace);
  return { headers, multiValueHeaders };
}

/** As an assignment, which would do something else with the name `__proto__`. */
function put<Value>(object: Record<string, Value>, name: string, value: Value): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true });
}
