import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { FunctionPlan } from "../../plan/index.ts";
import { TableApiError } from "../engine/index.ts";
import { AccessGate, type JudgeOf } from "./access.ts";
import { type Answer, failure, internalServerError, success, TableError } from "./answers.ts";
import { accessKeyOf, type Callers } from "./callers.ts";
import { accessRequests } from "./calls/access-requests.ts";
import { parseInput } from "./calls/input.ts";
import type { PlanTables } from "./calls/plan-tables.ts";
import { tablesOf } from "./calls/tables-of.ts";
import { type Chaos, drawFault } from "./chaos.ts";
import { consumedCapacity } from "./consumed-capacity.ts";
import type { Operations } from "./control-plane/operation.ts";
import type { ForwardedCall, Forwarding } from "./forwarding.ts";
import type { ServedPlan } from "./served-plan.ts";
import type { TableEvent } from "./table-event.ts";

export interface CallHandlerOptions {
  readonly plan: () => ServedPlan;
  readonly policy: boolean;
  readonly judgeOf?: JudgeOf;
  readonly chaos?: Chaos | undefined;
  readonly random?: () => number;
  readonly onEvent: (event: TableEvent) => void;
  readonly callers: Callers;
  readonly forwarding: Forwarding;
  readonly tables: () => PlanTables;
  readonly operations: Operations;
}

/** One call, and who makes it. */
interface Call extends ForwardedCall {
  /** Undefined for the developer, who may do everything. */
  readonly lambda: FunctionPlan | undefined;
}

/** Answers calls in DynamoDB's protocol, and tells of each. */
export class CallHandler {
  readonly #options: CallHandlerOptions;
  readonly #gate: AccessGate;

  constructor(options: CallHandlerOptions) {
    this.#options = options;
    this.#gate = new AccessGate(options.judgeOf);
  }

  /** Never rejects: what goes wrong is an answer as well. */
  async answer(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const started = performance.now();
    if (incoming.method === "GET") return healthy(this.#options.plan().region);
    let call: Call | undefined;
    let answered: Answer;
    try {
      call = this.#read(incoming, body);
      answered = await this.#decide(call);
    } catch (error) {
      answered = this.#refusal(error);
    }
    const { operation = "", lambda, input = {} } = call ?? {};
    const { status, errorType } = answered;
    const tables = this.#options.tables();
    const capacity = consumedCapacity(operation, input, answered).map((used) => ({
      ...used,
      table: tables.nameOf(used.table),
    }));
    this.#options.onEvent({
      type: "table-call",
      function: lambda?.key ?? null,
      operation,
      tables: tablesOf(input).map((table) => tables.nameOf(table)),
      status,
      milliseconds: performance.now() - started,
      ...(errorType === undefined ? {} : { errorType }),
      ...(capacity.length === 0 ? {} : { capacity }),
    });
    return answered;
  }

  #refusal(error: unknown): Answer {
    if (error instanceof TableApiError) return failure(error);
    this.#options.onEvent({ type: "call-failed", error });
    return failure(internalServerError());
  }

  /** @throws {TableError} in DynamoDB's order: operation, form, caller */
  #read(incoming: IncomingMessage, body: Buffer): Call {
    const target = String(incoming.headers["x-amz-target"] ?? "");
    const operation = /^DynamoDB(?:Streams)?_20120810\.(\w+)$/.exec(target)?.[1];
    if (operation === undefined) throw new TableError("UnknownOperationException", "");
    const input = parseInput(body);
    return { target, operation, body, input, lambda: this.#caller(incoming) };
  }

  #caller({ headers: { authorization } }: IncomingMessage): FunctionPlan | undefined {
    if (authorization === undefined) {
      throw new TableError(
        "MissingAuthenticationTokenException",
        "Request is missing Authentication Token",
      );
    }
    const { callers, plan } = this.#options;
    const caller = callers.find(accessKeyOf(authorization));
    if (caller?.kind === "owner") return undefined;
    const lambda = plan().functions.find(({ key }) => key === caller?.key);
    if (lambda !== undefined) return lambda;
    throw new TableError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }

  async #decide(call: Call): Promise<Answer> {
    if (call.lambda !== undefined) {
      if (this.#options.policy) this.#authorize(call, call.lambda);
      await this.#disturb();
    }
    const own = ownOperation(this.#options.operations, call);
    if (own !== undefined) return success(await own(call.input));
    return this.#options.forwarding.send(call);
  }

  /** @throws {TableError} AccessDeniedException */
  #authorize({ operation, input }: Call, lambda: FunctionPlan): void {
    const { plan, tables, onEvent } = this.#options;
    const denied = this.#gate.refusal(plan(), lambda, accessRequests(operation, input, tables()));
    if (denied === undefined) return;
    onEvent({ type: "access-denied", ...denied });
    throw new TableError("AccessDeniedException", denied.message);
  }

  /** @throws {TableError} the fault that this call has drawn */
  async #disturb(): Promise<void> {
    const { chaos, random = Math.random } = this.#options;
    if (chaos === undefined) return;
    if (chaos.latencyMilliseconds > 0) await delay(chaos.latencyMilliseconds);
    const fault = drawFault(chaos, random);
    if (fault === "error") throw internalServerError();
    if (fault === "throttle") throw throttled();
  }
}

function ownOperation(operations: Operations, { operation }: Call) {
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
function throttled(): TableError {
  return new TableError(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
  );
}

/** What DynamoDB says to a browser. */
function healthy(region: string): Answer {
  const body = Buffer.from(`healthy: dynamodb.${region}.amazonaws.com `);
  return { status: 200, headers: { "content-type": "text/plain" }, body };
}
