import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { SupervisedEngine } from "../engine/index.ts";
import { listen } from "../gateway/listen.ts";
import type { JudgeOf } from "./access.ts";
import { CallHandler } from "./call-handler.ts";
import { Callers } from "./callers.ts";
import type { Chaos } from "./chaos.ts";
import { controlPlane } from "./control-plane/control-plane.ts";
import type { CallEngine } from "./control-plane/operation.ts";
import { currentTables } from "./current-tables.ts";
import { type ConnectionLimits, EngineConnection } from "./engine-connection.ts";
import { Forwarding } from "./forwarding.ts";
import { readBody } from "./read-body.ts";
import type { ServedPlan } from "./served-plan.ts";
import { Sweeper } from "./sweeper.ts";
import type { TableEvent } from "./table-event.ts";
import { TimeToLiveSettings } from "./time-to-live-settings.ts";

export interface TableEndpointOptions extends ConnectionLimits {
  readonly engine: Pick<SupervisedEngine, "endpoint" | "restarting">;
  /** The plan as it is now: it is asked for at each call. */
  readonly plan: () => ServedPlan;
  /** Whether the functions' own policies decide what they may do. */
  readonly policy: boolean;
  /** What decides about a function's calls. @default the policy that its plan gives its role */
  readonly judgeOf?: JudgeOf;
  /** Faults that functions meet; the developer's own calls never do. */
  readonly chaos?: Chaos | undefined;
  readonly onEvent: (event: TableEvent) => void;
  /** By default with a secret of this run. */
  readonly callers?: Callers;
  /** From 0 up to, but not, 1: draws the calls that meet a fault. @default Math.random */
  readonly random?: () => number;
  /** Epoch milliseconds: decides what has expired. @default Date.now */
  readonly now?: () => number;
  /** The least time between two sweeps for expired items. @default 10000 */
  readonly sweepEveryMilliseconds?: number;
}

export interface TableEndpoint {
  /** Such as `http://127.0.0.1:49153`. It stays the same when the engine is started again. */
  readonly url: string;
  readonly callers: Callers;
  /** Deletes what has expired, now. @returns how many items that were */
  sweep(): Promise<number>;
  /** Answers the calls that are under way, and accepts no more. */
  close(): Promise<void>;
}

/**
 * DynamoDB as the functions see it: an HTTP server between them and the engine. It knows who calls, holds
 * each call against the caller's policy, answers what the engine lacks, and sends the rest on.
 */
export async function startTableEndpoint(options: TableEndpointOptions): Promise<TableEndpoint> {
  const { engine, plan, onEvent, now = Date.now, sweepEveryMilliseconds = 10_000 } = options;
  const callers = options.callers ?? new Callers();
  const settings = new TimeToLiveSettings(plan);
  const tables = currentTables(plan);
  const connection = new EngineConnection(engine, options);
  const call: CallEngine = (operation, input) => connection.call(operation, input);
  let address = "";
  const handler = new CallHandler({
    ...options,
    callers,
    forwarding: new Forwarding(connection, tables),
    tables,
    operations: controlPlane({ call, tables, now }, settings, () => address),
  });

  const server = createServer((incoming, response) => void serve(handler, incoming, response));
  // A function that is frozen comes back to its sockets after any time, even in the middle of a request.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  const listening = await listen(server, 0);
  address = `127.0.0.1:${listening.port}`;
  const sweeper = new Sweeper({
    call,
    settings,
    now,
    everyMilliseconds: sweepEveryMilliseconds,
    onEvent,
  });

  return {
    url: `http://${address}`,
    callers,
    sweep: () => sweeper.sweep(),
    async close() {
      await sweeper.stop();
      await listening.close();
      connection.close();
    },
  };
}

async function serve(
  handler: CallHandler,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // What is left of a caller that hung up needs no answer.
  response.on("error", () => {});
  const body = await readBody(incoming);
  if (body === "hung-up") return;
  if (body === "too-large") {
    response.writeHead(413, { connection: "close" }).end();
    return;
  }
  const answer = await handler.answer(incoming, body);
  response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length });
  response.end(answer.body);
}
