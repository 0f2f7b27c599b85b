import { validateHeaderName, validateHeaderValue } from "node:http";

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
}

/** Names and values; a name may stand more than once. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** What a function says that the answer is. */
export interface FunctionAnswer extends Answer {
  readonly body: string;
  /** The body is bytes, written in base64. */
  readonly isBase64Encoded: boolean;
}

const known = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/**
 * Turns what a function returned into an answer; undefined where API Gateway would call it malformed
 * and answer 502. Everything may be left out: the status is 200 then.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export function functionAnswer(payload: string): FunctionAnswer | undefined {
  const result = parse(payload);
  if (!isObject(result)) return undefined;
  for (const key in result) if (!known.has(key)) return undefined;
  const status = statusOf(result.statusCode);
  if (status === undefined) return undefined;
  const body = result.body ?? "";
  if (typeof body !== "string") return undefined;
  const headers = answerHeaders(result.headers ?? {}, result.multiValueHeaders ?? {});
  if (headers === undefined || !areCarriable(headers)) return undefined;
  return { status, headers, body, isBase64Encoded: result.isBase64Encoded === true };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

function statusOf(statusCode: unknown): number | undefined {
  if (statusCode === undefined) return 200;
  const status = typeof statusCode === "string" ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status)) return undefined;
  return status >= 200 && status <= 599 ? status : undefined;
}

function answerHeaders(single: unknown, multiple: unknown): [string, string][] | undefined {
  if (!isObject(single) || !isObject(multiple)) return undefined;
  const headers: [string, string][] = [];
  const names = new Map<string, string>();
  const add = (written: string, value: unknown): boolean => {
    const key = written.toLowerCase();
    if (key === "transfer-encoding") return true;
    // One header written in several ways is one header, as it is written first.
    const name = names.get(key) ?? remapped.get(key) ?? written;
    names.set(key, name);
    headers.push([name, String(value)]);
    return value !== null && typeof value !== "object";
  };
  for (const name in multiple) {
    const values = multiple[name];
    if (!Array.isArray(values) || !values.every((value) => add(name, value))) return undefined;
  }
  for (const name in single) if (!add(name, single[name])) return undefined;
  if (!names.has("content-type")) headers.push(["Content-Type", "application/json"]);
  return headers;
}

/**
 * Headers that mean something between API Gateway and its caller: what a function says in them goes to
 * the caller under another name.
 */
const remapped = new Map(
  [
    "Authorization",
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Date",
    "Expect",
    "Host",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "Trailer",
    "Upgrade",
    "User-Agent",
    "WWW-Authenticate",
  ].map((name) => [name.toLowerCase(), `x-amzn-Remapped-${name}`]),
);

function areCarriable(headers: Headers): boolean {
  try {
    for (const [name, value] of headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * An answer that API Gateway makes itself.
 * @param errorType AWS's name for the error, such as `MissingAuthenticationTokenException`
 * @param body JSON
 */
export function gatewayAnswer(status: number, errorType: string, body: string): Answer {
  return {
    status,
    headers: [
      ["Content-Type", "application/json"],
      ["x-amzn-ErrorType", errorType],
    ],
    body,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
