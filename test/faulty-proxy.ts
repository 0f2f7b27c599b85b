/** A proxy before a service that breaks one thing: what a check has to find. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** By lower-case names. */
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

type Instead = Answered | "hang" | "drop" | undefined;

export interface Fault {
  /** What the service is asked instead. @default what was asked */
  readonly asks?: (asked: Asked) => Asked;
  /** Answers in place of the service; undefined to ask it. `hang` never answers, `drop` ends the connection. */
  readonly instead?: (asked: Asked) => Instead | Promise<Instead>;
  /** What is answered instead. @default what the service answers */
  readonly answers?: (answered: Answered, asked: Asked) => Answered;
}

/** Stands before a service until the test ends. */
export async function faultyProxy(url: string, fault: Fault): Promise<string> {
  const server = createServer((request, response) => {
    void forward(url, fault, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function forward(
  url: string,
  { asks = (asked) => asked, instead = () => undefined, answers = (answered) => answered }: Fault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = "", url: path = "", headers } = request;
  const asked = asks({ method, path, headers, body: Buffer.concat(chunks).toString() });
  const made = await instead(asked);
  if (made === "hang") return;
  if (made === "drop") {
    request.socket.destroy();
    return;
  }
  const { status, headers: sent, text } = answers(made ?? (await ask(url, asked)), asked);
  response.writeHead(status, { ...sent }).end(text);
}

/** Headers of one connection, which the next has of its own. */
const hops = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "host"]);

async function ask(url: string, { method, path, headers, body }: Asked): Promise<Answered> {
  const passed = Object.entries(headers).filter(([name]) => !hops.has(name)) as [string, string][];
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...Object.fromEntries(passed), Connection: "close" },
    ...(body === "" ? {} : { body }),
  });
  const text = await answer.text();
  const kept = [...answer.headers].filter(([name]) => !hops.has(name));
  return { status: answer.status, headers: Object.fromEntries(kept), text };
}
