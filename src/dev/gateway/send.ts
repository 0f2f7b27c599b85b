import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";

/** Statuses whose answers have no body, whatever a function says. @see https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1 */
const bodiless = new Set([204, 304]);

/** Sends an answer whole; where nobody is there any more, it is lost. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const hasBody = !bodiless.has(status);
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (hasBody) flat.push("Content-Length", String(Buffer.byteLength(body)));
  response.writeHead(status, flat);
  response.end(hasBody ? body : undefined);
}
