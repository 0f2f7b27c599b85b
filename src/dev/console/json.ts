import type { IncomingMessage, ServerResponse } from "node:http";

/** The request cannot be done; it becomes the answer. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  /** Goes into the answer beside the message. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.facts = facts;
  }
}

/** Two items of 400 KB, before and after, written with their types. */
const maxBodyBytes = 4 * 1024 * 1024;

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(text);
}

/** @throws {Refused} 400 for what is no JSON object, 413 for what is too long */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes)
      throw new Refused(413, `The body is longer than ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  const value = parsed(Buffer.concat(chunks).toString("utf8"));
  if (!isObject(value)) throw new Refused(400, "The body is not a JSON object.");
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
