import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Deadlines } from "../deadlines.ts";
import { type Answered, answerRequest, type GatewayTarget } from "./answer-request.ts";
import { internalFailure } from "./gateway-answers.ts";
import { gatewayHeaders } from "./gateway-headers.ts";
import { answerMalformedRequests } from "./malformed-request.ts";
import { findMount, type Mount } from "./mount.ts";
import { requestTarget } from "./request-target.ts";
import type { Match } from "./router.ts";
import { send } from "./send.ts";
import { findPlace } from "./stage-path.ts";

export type { GatewayTarget } from "./answer-request.ts";

export interface GatewayOptions {
  /** What else answers on this port, beside the service's routes. @default nothing */
  readonly mounts?: readonly Mount[];
  /** Give up on a function after 29 seconds, as API Gateway does. @default true */
  readonly timeouts?: boolean;
}

/** One line of the access log. */
export interface Access {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The API's name for the request, as the caller gets it in `x-amzn-RequestId`. */
  readonly requestId?: string;
  /** The function that answered; absent where the gateway answered itself. */
  readonly function?: string;
  /** Lambda's name for the invocation, as it stands in the function's log. */
  readonly lambdaRequestId?: string;
  /** The length of the init phase, where the caller had to wait for it: a cold start. */
  readonly initMilliseconds?: number;
}

/** An HTTP server that answers as a REST API in front of the functions would. */
export function createGateway(
  target: () => GatewayTarget,
  onAccess: (access: Access) => void,
  { mounts = [], timeouts = true }: GatewayOptions = {},
): Server {
  const deadlines = timeouts ? new Deadlines() : undefined;
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const method = message.method ?? "GET";
    const { path, query } = requestTarget(message.url ?? "/");
    const service = target();
    const place = findPlace(path, service.api.stage, service.router);
    const mount = ownsPath(place.match) ? undefined : findMount(mounts, path);
    if (mount !== undefined) return serve(mount, message, response);

    const { answer, facts } = await answerRequest(
      service,
      { message, method, place, query },
      deadlines,
    ).catch(failed);
    send(response, answer);
    const milliseconds = performance.now() - started;
    onAccess({ method, path, status: answer.status, milliseconds, ...facts });
  };
  // Node.js would answer a request without a host itself, and say nothing in it.
  const server = createServer({ requireHostHeader: false }, (message, response) => {
    void answer(message, response);
  });
  answerMalformedRequests(server, () => gatewayHeaders(target().api.cors, undefined));
  return server;
}

/** Whatever goes wrong with one request must not end the process that serves everybody else. */
function failed(error: unknown): Answered {
  return { answer: internalFailure(error), facts: {} };
}

/** A service's own path wins over ours, but not its `/{proxy+}`, which would hide them all. */
function ownsPath(match: Match | undefined): boolean {
  return match !== undefined && !match.template.startsWith("/{");
}

async function serve(mount: Mount, message: IncomingMessage, response: ServerResponse) {
  try {
    await mount.handle(message, response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else send(response, internalFailure(error));
  }
}
