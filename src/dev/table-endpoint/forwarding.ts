import { type Answer, success } from "./answers.ts";
import { type Input, parseInput } from "./calls/input.ts";
import type { PlanTables } from "./calls/plan-tables.ts";
import { tablesOf } from "./calls/tables-of.ts";
import { EngineArns } from "./control-plane/arns.ts";
import type { EngineConnection } from "./engine-connection.ts";
import { asNamed, withTableNames } from "./item-arns.ts";

/** A call that the engine answers. */
export interface ForwardedCall {
  /** The header `X-Amz-Target`, such as `DynamoDB_20120810.GetItem`. */
  readonly target: string;
  readonly operation: string;
  readonly body: Buffer;
  /** What is in the body. */
  readonly input: Input;
}

/** Sends calls on to the engine, with ARNs that it understands, and gives its answers the plan's ARNs. */
export class Forwarding {
  readonly #connection: EngineConnection;
  readonly #tables: () => PlanTables;
  readonly #arns: EngineArns;

  constructor(connection: EngineConnection, tables: () => PlanTables) {
    this.#connection = connection;
    this.#tables = tables;
    this.#arns = new EngineArns((operation, input) => connection.call(operation, input));
  }

  /** @throws {TableApiError} */
  send(call: ForwardedCall): Promise<Answer> {
    return itemOperations.has(call.operation) ? this.#sendItems(call) : this.#sendControl(call);
  }

  /** The same bytes there and back, but where a table is named by its ARN. */
  async #sendItems({ target, body, input }: ForwardedCall): Promise<Answer> {
    const tables = this.#tables();
    if (!tablesOf(input).some((table) => table.startsWith(tables.arnPrefix))) {
      return this.#connection.send(target, body);
    }
    const named = Buffer.from(JSON.stringify(withTableNames(input, tables)));
    const answered = await this.#connection.send(target, named);
    if (answered.status !== 200 || input.RequestItems === undefined) return answered;
    return success(asNamed(parseInput(answered.body), input, tables));
  }

  /** Engines make up their ARNs: they hear theirs, and the caller hears the plan's. */
  async #sendControl({ target, body, input }: ForwardedCall): Promise<Answer> {
    const tables = this.#tables();
    const asked = hasArn(body)
      ? Buffer.from(JSON.stringify(await this.#arns.toEngine(input, tables)))
      : body;
    const answered = await this.#connection.send(target, asked);
    if (answered.status !== 200 || !hasArn(answered.body)) return answered;
    return success(this.#arns.toPlan(parseInput(answered.body), tables));
  }
}

/** The operations whose answers have items in them: nothing in those may be changed on the way. */
const itemOperations = new Set([
  "GetItem",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "Query",
  "Scan",
  "BatchGetItem",
  "BatchWriteItem",
  "TransactGetItems",
  "TransactWriteItems",
  "ExecuteStatement",
  "BatchExecuteStatement",
  "ExecuteTransaction",
  "GetRecords",
]);

function hasArn(body: Buffer): boolean {
  return body.includes("arn:aws:dynamodb:");
}
