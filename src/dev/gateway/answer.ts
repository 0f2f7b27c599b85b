import { validateHeaderName, validateHeaderValue } from "node:http";

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const known = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/**
 * Turns what a function returned into an answer; undefined where API Gateway would call it malformed
 * and answer 502.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export function functionAnswer(payload: string): Answer | undefined {
  const result: unknown = JSON.parse(payload);
  if (!isObject(result) || Object.keys(result).some((key) => !known.has(key))) return undefined;
  const { statusCode, headers, multiValueHeaders, body } = result;
  const status = typeof statusCode === "string" ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) {
    return undefined;
  }
  if (typeof body !== "string" && body !== null && body !== undefined) return undefined;
  const all = answerHeaders(headers ?? {}, multiValueHeaders ?? {});
  return all && areCarriable(all) ? { status, headers: all, body: body ?? "" } : undefined;
}

function answerHeaders(single: unknown, multiple: unknown): [string, string][] | undefined {
  if (!isObject(single) || !isObject(multiple)) return undefined;
  const all: [string, string][] = [];
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) return undefined;
    all.push(...values.map((value): [string, string] => [name, String(value)]));
  }
  for (const [name, value] of Object.entries(single)) {
    if (isObject(value)) return undefined;
    all.push([name, String(value)]);
  }
  const hasType = all.some(([name]) => name.toLowerCase() === "content-type");
  return merged(hasType ? all : [...all, ["Content-Type", "application/json"]]);
}

/** The connection is the gateway's: what a function says of it goes to the caller under another name. */
const remapped = new Map(
  ["Connection", "Content-Length", "Date", "Server"].map((name) => [
    name.toLowerCase(),
    `x-amzn-Remapped-${name}`,
  ]),
);

/** One header written in several ways is one header, as it is written first. */
function merged(headers: readonly (readonly [string, string])[]): [string, string][] {
  const names = new Map<string, string>();
  return headers
    .filter(([name]) => !["transfer-encoding", "trailer"].includes(name.toLowerCase()))
    .map(([written, value]) => {
      const key = written.toLowerCase();
      const name = names.get(key) ?? remapped.get(key) ?? written;
      names.set(key, name);
      return [name, value];
    });
}

function areCarriable(headers: readonly (readonly [string, string])[]): boolean {
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

/** An answer that API Gateway makes itself, such as 403 `MissingAuthenticationTokenException`. */
export function gatewayAnswer(status: number, errorType: string, message: string): Answer {
  return {
    status,
    headers: [
      ["Content-Type", "application/json"],
      ["x-amzn-ErrorType", errorType],
    ],
    body: JSON.stringify({ message }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
