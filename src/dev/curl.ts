import type { RoutePlan } from "../plan/index.ts";
import { quoted } from "../system/index.ts";
import { encodePathParameters } from "./path-parameters.ts";

/** Longer bodies are put on lines of their own. */
const comfortableWidth = 60;

/** A route's example as a `curl` command, ready to paste into a shell. */
export function curlCommand(baseUrl: string, { method, path, example }: RoutePlan): string {
  const encoded = encodePathParameters(path, example.pathParameters);
  const filled = path.replace(/\{(\w+)\+?\}/g, (_, name) => encoded[name] ?? name);
  const query = new URLSearchParams(example.query).toString();
  const url = `${baseUrl}${filled}${query && `?${query}`}`;
  const isPlain = /^[\w.~:/%-]+$/.test(url);
  const lines = [`${start[method] ?? `curl -X ${method}`} ${isPlain ? url : quoted(url)}`];
  if (example.body !== null) {
    const compact = JSON.stringify(example.body);
    const body =
      compact.length <= comfortableWidth ? compact : JSON.stringify(example.body, null, 2);
    lines.push("-H 'Content-Type: application/json'", `-d ${quoted(body)}`);
  }
  return lines.join(" \\\n  ");
}

/** `-X HEAD` would wait for a body that never comes. */
const start: Readonly<Record<string, string>> = { GET: "curl", HEAD: "curl --head" };
