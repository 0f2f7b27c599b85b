import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A form or an image of another page cannot send it; a script of one would have to ask first, and is refused. */
export const writeHeader = "x-lambdakit-console";

/**
 * The console can change tables, so only its own page may drive it. Says why a request is refused;
 * undefined for one that is not.
 *
 * A name that somebody lets point at 127.0.0.1 (DNS rebinding) is another `Host`. Browsers tell where
 * a request comes from in `Sec-Fetch-Site` and `Origin`; programs that are no browsers send neither,
 * and could reach the tables anyway.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function refusal({ method, headers }: IncomingMessage): string | undefined {
  const { host = "", origin } = headers;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
    return "The console answers to 127.0.0.1 and localhost only.";
  }
  if (origin !== undefined && origin !== `http://${host}`) return anotherPage;
  if (!fromHere(headers) && !isLinkTo(method, headers)) return anotherPage;
  if (method === "GET") return undefined;
  if (headers[writeHeader] === undefined) return `The header ${writeHeader} is missing.`;
  const [contentType] = (headers["content-type"] ?? "").split(";");
  return contentType?.trim() === "application/json" ? undefined : "The body has to be JSON.";
}

const anotherPage = "Another page may not use the console.";

function fromHere(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

/** Following a link to the console is fine; it can be neither framed nor read from outside. */
function isLinkTo(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return (
    method === "GET" &&
    headers["sec-fetch-mode"] === "navigate" &&
    headers["sec-fetch-dest"] === "document"
  );
}

/** On every answer of the console. There are no CORS headers: nobody else may read. */
export const protection: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};
