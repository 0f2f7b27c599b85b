import { type RoutePlan, routePath } from "../plan/index.ts";
import { quoted } from "../system/index.ts";

/** Longer bodies are put on lines of their own. */
const comfortableWidth = 60;

/** A request as `curl` sends it. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** What prints the token to send, such as `lambdakit token`; the shell runs it. @default none is sent */
  readonly tokenCommand?: string | undefined;
}

/**
 * A route's example as a `curl` command, ready to paste into a shell.
 *
 * @param tokenCommand prints a token for the routes that ask for one
 */
export function curlCommand(baseUrl: string, route: RoutePlan, tokenCommand: string): string {
  const { method, path, example, auth } = route;
  const token = auth.type === "jwt" ? { tokenCommand } : {};
  const query = new URLSearchParams(example.query).toString();
  const url = `${baseUrl}${routePath(path, example.pathParameters)}${query && `?${query}`}`;
  if (example.body === null) return curlLine({ method, url, headers: [], ...token });
  const compact = JSON.stringify(example.body);
  const body = compact.length <= comfortableWidth ? compact : JSON.stringify(example.body, null, 2);
  return curlLine({ method, url, headers: [["Content-Type", "application/json"]], body, ...token });
}

/** A request as a `curl` command; whatever a shell would take for its own is quoted. */
export function curlLine({ method, url, headers, body, tokenCommand }: CurlRequest): string {
  const isPlain = /^[\w.~:/%-]+$/.test(url);
  return [
    `${start[method] ?? `curl -X ${quotedIfNeeded(method)}`} ${isPlain ? url : quoted(url)}`,
    ...(tokenCommand === undefined ? [] : [`-H "Authorization: Bearer $(${tokenCommand})"`]),
    // A header without a value is written with a semicolon: https://curl.se/docs/manpage.html#-H
    ...headers.map(([name, value]) => `-H ${quoted(value ? `${name}: ${value}` : `${name};`)}`),
    // `-d` would take the rest of a text that starts with @ for a file's name.
    ...(body === undefined
      ? []
      : [`${body.startsWith("@") ? "--data-raw" : "-d"} ${quoted(body)}`]),
  ].join(" \\\n  ");
}

/** `-X HEAD` would wait for a body that never comes. */
const start: Readonly<Record<string, string>> = { GET: "curl", HEAD: "curl --head" };

function quotedIfNeeded(method: string): string {
  return /^[A-Z]+$/.test(method) ? method : quoted(method);
}
