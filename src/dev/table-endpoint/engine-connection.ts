import { Agent, type IncomingMessage, request } from "node:http";
import { ownerHeaders, type SupervisedEngine, TableApiError } from "../engine/index.ts";
import { type Answer, internalServerError } from "./answers.ts";
import { type Input, objectOf, textOf } from "./calls/input.ts";

export interface ConnectionLimits {
  /** How long a call waits for an engine that is being started again. @default 5000 */
  readonly restartTimeoutMilliseconds?: number;
  /** How long a call waits for the engine's answer. @default 30000 */
  readonly answerTimeoutMilliseconds?: number;
}

/**
 * Sends calls on to the engine, as the owner: engines that keep data apart by credentials and region
 * have to see one caller. Where the engine cannot be reached, the call waits for it to come back. A call
 * that it may have begun is never sent twice: that is for the SDK to decide.
 */
export class EngineConnection {
  readonly #engine: Pick<SupervisedEngine, "endpoint" | "restarting">;
  readonly #restartTimeout: number;
  readonly #answerTimeout: number;
  // Sockets that have been idle for long are closed here before an engine closes them there, so that no
  // call is sent into one that is just ending.
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 256, timeout: 4_000 });
  #parsed: Address | undefined;

  constructor(
    engine: Pick<SupervisedEngine, "endpoint" | "restarting">,
    { restartTimeoutMilliseconds = 5_000, answerTimeoutMilliseconds = 30_000 }: ConnectionLimits,
  ) {
    this.#engine = engine;
    this.#restartTimeout = restartTimeoutMilliseconds;
    this.#answerTimeout = answerTimeoutMilliseconds;
  }

  /**
   * @param target the header `X-Amz-Target`
   * @throws {TableError} InternalServerError, which SDKs try again
   */
  async send(target: string, body: Buffer): Promise<Answer> {
    for (const deadline = Date.now() + this.#restartTimeout; ; ) {
      try {
        if (this.#engine.restarting !== undefined) {
          await within(deadline - Date.now(), this.#engine.restarting);
        }
        return await this.#sendOnce(target, body);
      } catch (error) {
        const wasNeverSent = (error as NodeJS.ErrnoException).code === "ECONNREFUSED";
        if (!wasNeverSent || Date.now() >= deadline) throw internalServerError();
        // Dead, and not yet known to be.
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }

  /**
   * A call of the endpoint's own.
   * @throws {TableApiError}
   */
  async call(operation: string, input: unknown): Promise<Input> {
    const asked = Buffer.from(JSON.stringify(input));
    const { body, errorType } = await this.send(`DynamoDB_20120810.${operation}`, asked);
    const answered = objectOf(JSON.parse(body.toString()));
    if (errorType === undefined) return answered;
    throw new TableApiError(errorType, textOf(answered.message ?? answered.Message) ?? "");
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Where the engine is: taken apart once for each endpoint, since all calls pass here. */
  #address(): Address {
    const { endpoint } = this.#engine;
    if (this.#parsed?.endpoint !== endpoint) {
      const { hostname, port, pathname } = new URL(endpoint);
      this.#parsed = { endpoint, hostname, port, path: pathname };
    }
    return this.#parsed;
  }

  #sendOnce(target: string, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { ...ownerHeaders(target), "Content-Length": body.length };
      const call = request(
        { ...this.#address(), method: "POST", agent: this.#agent, headers },
        (response) =>
          collect(response).then((answered) => resolve(answerOf(response, answered)), reject),
      );
      call.on("error", reject);
      call.setTimeout(this.#answerTimeout, () => call.destroy(new Error("no answer")));
      call.end(body);
    });
  }
}

interface Address {
  readonly endpoint: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
}

/** The headers of the engine's answer that are about the answer, and not about the connection. */
const passedOn = ["content-type", "x-amzn-requestid", "x-amz-crc32"] as const;

function answerOf(response: IncomingMessage, body: Buffer): Answer {
  const headers: Record<string, string> = {};
  for (const name of passedOn) {
    const value = response.headers[name];
    if (typeof value === "string") headers[name] = value;
  }
  const status = response.statusCode ?? 500;
  return status === 200
    ? { status, headers, body }
    : { status, headers, body, errorType: errorTypeIn(body) };
}

function errorTypeIn(body: Buffer): string {
  const [, type = "UnknownError"] =
    /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(body.toString()) ?? [];
  return type;
}

/** The whole body. By hand: it is in the way of every call, and a stream's iterator costs more. */
function collect(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () =>
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
    );
    stream.on("error", reject);
    stream.on("aborted", () => reject(new Error("the engine hung up")));
  });
}

/** @throws {Error} after that many milliseconds */
async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("timed out")), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
