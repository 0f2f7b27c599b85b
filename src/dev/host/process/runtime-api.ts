import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Invocation } from "../environment.ts";
import type { FunctionError } from "../invocation.ts";
import {
  accept,
  brokenOff,
  errorType,
  invocationHeaders,
  postedBody,
  refuse,
  refuseTooLarge,
  reportedError,
  tooLarge,
} from "./runtime-api-messages.ts";

export type RuntimeAnswer =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };

/** What the runtime does, as it does it. */
export interface RuntimeListener {
  /** It waits for an invocation: the init phase is over, or all its work on the invocation before. */
  onWaiting(): void;
  onInitError(error: FunctionError): void;
  onAnswer(answer: RuntimeAnswer): void;
}

/** Where the runtime is, in the words of Lambda's error messages. */
type State = "Started" | "InitError" | "Ready" | "Running" | "RuntimeResponseSentState";

/**
 * The Lambda Runtime API of one execution environment, over HTTP on this machine: where a runtime asks
 * for its next invocation, and posts what came of it. Serves any runtime that keeps to the contract.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #listener: RuntimeListener;
  readonly #server: Server;
  #state: State = "Started";
  /** The open request of a runtime that waits for an invocation. */
  #waiting: ServerResponse | undefined;
  #invocation: Invocation | undefined;

  private constructor(listener: RuntimeListener) {
    this.#listener = listener;
    // A runtime may take its time, or stand still for hours: no connection is ever too old.
    const patience = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };
    this.#server = createServer(patience, (request, response) => this.#serve(request, response));
  }

  static async start(listener: RuntimeListener): Promise<RuntimeApi> {
    const api = new RuntimeApi(listener);
    await new Promise<void>((resolve) => api.#server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** Host and port, for `AWS_LAMBDA_RUNTIME_API`. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Hands the runtime an invocation: now, if it waits for one, else as soon as it asks. */
  deliver(invocation: Invocation): void {
    this.#invocation = invocation;
    if (this.#waiting !== undefined) this.#send(this.#waiting, invocation);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const call = `${request.method} ${request.url}`;
    const [, id, kind] =
      /^POST \/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(call) ?? [];
    if (id !== undefined) void this.#answered(request, response, id, kind === "error");
    else if (call === "GET /2018-06-01/runtime/invocation/next") this.#next(response);
    else if (call === "POST /2018-06-01/runtime/init/error") {
      void this.#initFailed(request, response);
    } else refuse(response, 404, "NotFound", `There is no ${call} in this API.`);
  }

  #next(response: ServerResponse): void {
    if (this.#state === "InitError") {
      this.#forbid(response, "Ready");
      return;
    }
    this.#waiting = response;
    response.once("close", () => {
      if (this.#waiting === response) this.#waiting = undefined;
    });
    if (this.#invocation !== undefined) {
      // One that asks again before it has answered is given the same invocation, as in Lambda.
      this.#send(response, this.#invocation);
      return;
    }
    this.#state = "Ready";
    this.#listener.onWaiting();
  }

  #send(response: ServerResponse, invocation: Invocation): void {
    this.#state = "Running";
    this.#waiting = undefined;
    const body = Buffer.from(invocation.payload);
    response.writeHead(200, { ...invocationHeaders(invocation), "Content-Length": body.length });
    response.end(body);
  }

  async #initFailed(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await postedBody(request);
    if (body === undefined) return;
    if (this.#state !== "Started") {
      this.#forbid(response, "InitError");
      return;
    }
    this.#state = "InitError";
    accept(response);
    this.#listener.onInitError(reportedError(body.text, errorType(request.headers)));
  }

  async #answered(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    failed: boolean,
  ): Promise<void> {
    const body = await postedBody(request);
    if (body === undefined) return;
    if (this.#state !== "Running") {
      this.#forbid(response, failed ? "InvocationErrorResponse" : "InvocationResponse");
      return;
    }
    if (id !== this.#invocation?.requestId) {
      refuse(response, 400, "InvalidRequestID", "Invalid request ID");
      return;
    }
    this.#state = "RuntimeResponseSentState";
    this.#invocation = undefined;
    const oversize = tooLarge(body);
    if (oversize === undefined) accept(response);
    else refuseTooLarge(response);
    const reported = failed
      ? reportedError(body.text, errorType(request.headers))
      : brokenOff(request.trailers);
    const error = oversize ?? reported;
    this.#listener.onAnswer(error ? { ok: false, error } : { ok: true, payload: body.text });
  }

  #forbid(response: ServerResponse, to: string): void {
    const from = this.#state;
    const message = `State transition from ${from} to ${to} failed for runtime. Error: state transition is not allowed`;
    refuse(response, 403, "InvalidStateTransition", message);
  }
}
