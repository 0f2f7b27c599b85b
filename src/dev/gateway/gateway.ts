import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ApiPlan } from "../../plan/index.ts";
import type { InvocationResult } from "../host/messages.ts";
import { type Answer, functionAnswer, gatewayAnswer } from "./answer.ts";
import { gatewayCorsHeaders, preflightAnswer } from "./cors.ts";
import { type ApiIdentity, type IncomingRequest, proxyEvent } from "./event.ts";
import type { Router } from "./router.ts";

/** API Gateway's limit. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const maxBodyBytes = 10 * 1024 * 1024;

/** The function failed, or answered something that is not an answer. */
const badGateway = gatewayAnswer(502, "InternalServerErrorException", "Internal server error");

/** What the gateway needs to know of the service; read anew for each request, because it may be replaced. */
export interface GatewayTarget {
  readonly api: ApiPlan;
  readonly router: Router;
  readonly identity: ApiIdentity;
  invoke(functionKey: string, payload: string): Promise<InvocationResult>;
}

/** One line of the access log. */
export interface Access {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The function that answered; absent where the gateway answered itself. */
  readonly function?: string;
}

/** An HTTP server that answers as a REST API in front of the functions would. */
export function createGateway(
  target: () => GatewayTarget,
  onAccess: (access: Access) => void,
): Server {
  return createServer((request, response) => {
    const started = performance.now();
    const method = request.method ?? "GET";
    const path = pathOf(request);
    void answerRequest(target(), request)
      // Whatever goes wrong in here must not end the process that serves everybody else.
      .catch((error): Answered => ({ answer: internalFailure(error) }))
      .then(({ answer, functionKey }) => {
        send(response, answer);
        onAccess({
          method,
          path,
          status: answer.status,
          milliseconds: performance.now() - started,
          ...(functionKey === undefined ? {} : { function: functionKey }),
        });
      });
  });
}

interface Answered {
  readonly answer: Answer;
  readonly functionKey?: string;
}

async function answerRequest(target: GatewayTarget, request: IncomingMessage): Promise<Answered> {
  const { api, router, identity } = target;
  const method = request.method ?? "GET";
  const origin = request.headers.origin;
  const ours = (answer: Answer): Answered => ({
    answer: { ...answer, headers: [...answer.headers, ...gatewayCorsHeaders(api.cors, origin)] },
  });

  const path = withoutStage(
    pathOf(request).replace(/^\/+/, "/"),
    api.stage,
    (candidate) => router.template(candidate) !== undefined,
  );
  const template = router.template(path);
  if (method === "OPTIONS" && template !== undefined) {
    request.resume();
    return { answer: preflightAnswer(api, template, origin) };
  }
  const match = router.match(method, path);
  if (match === undefined) {
    request.resume();
    return ours(
      gatewayAnswer(403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
    );
  }

  const body = await readBody(request);
  if (body === undefined) {
    // Nobody is there to read the answer; the access log tells of it.
    return ours(gatewayAnswer(400, "BadRequestException", "Bad Request"));
  }
  if (body === tooLarge) {
    return ours(gatewayAnswer(413, "RequestTooLargeException", "Request Too Long"));
  }
  const event = proxyEvent(
    incoming(request, body),
    { resource: match.route.path, path, pathParameters: match.pathParameters },
    identity,
  );
  const result = await target.invoke(match.route.function, JSON.stringify(event));
  const ofFunction = result.ok ? functionAnswer(result.payload) : undefined;
  const answer = ofFunction ?? ours(badGateway).answer;
  const ids: Answer["headers"] = [
    ["x-amzn-RequestId", event.requestContext.requestId],
    // API Gateway has no trace id on the answers that it makes itself.
    ...(ofFunction === undefined
      ? []
      : [["X-Amzn-Trace-Id", event.headers["X-Amzn-Trace-Id"] ?? ""] as const]),
  ];
  return {
    answer: { ...answer, headers: [...answer.headers, ...ids] },
    functionKey: match.route.function,
  };
}

/**
 * The deployed URL starts with the stage, and one with a domain of its own does not. Both work here,
 * so that a path can be copied from either.
 */
function withoutStage(path: string, stage: string, exists: (path: string) => boolean): string {
  const prefix = `/${stage}`;
  if (exists(path) || !`${path}/`.startsWith(`${prefix}/`)) return path;
  return path.slice(prefix.length) || "/";
}

/** A fault of ours, and not of the service: the answer says so. */
function internalFailure(error: unknown): Answer {
  return gatewayAnswer(500, "InternalFailure", `This is a bug in lambdakit. ${String(error)}`);
}

function pathOf(request: IncomingMessage): string {
  const [path = "/"] = (request.url ?? "/").split("?");
  return path;
}

function incoming(request: IncomingMessage, body: string): IncomingRequest {
  const url = request.url ?? "/";
  const queryStart = url.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: pathOf(request),
    query: queryStart < 0 ? "" : url.slice(queryStart + 1),
    rawHeaders: request.rawHeaders,
    body: body === "" ? null : body,
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
  };
}

const tooLarge = Symbol("too large");

/** Undefined where the caller goes away in the middle: half a body is none. */
function readBody(request: IncomingMessage): Promise<string | typeof tooLarge | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(tooLarge);
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) values.set(name, [...(values.get(name) ?? []), value]);
  // A 204 has no body, whatever the function says.
  const text = status === 204 ? "" : body;
  if (status !== 204) values.set("Content-Length", [String(Buffer.byteLength(text))]);
  response.writeHead(status, Object.fromEntries(values));
  response.end(text);
}
