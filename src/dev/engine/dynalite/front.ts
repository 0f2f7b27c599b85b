import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import { buffer } from "node:stream/consumers";
import { TableApiError } from "../table-api.ts";
import { TransactionCanceledError } from "./cancellation.ts";
import { type ItemRequest, keyNames, keyOf, readItem } from "./stored-item.ts";
import { TransactionTokens } from "./transaction-tokens.ts";
import { transactGet, transactWrite } from "./transactions.ts";
import { Turns } from "./turns.ts";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | string;
}

/**
 * A server before dynalite's endpoint that supplies what dynalite has not: transactions, and the old
 * item of a failed condition. All else passes through. While a transaction runs, nothing else does:
 * every client sees it as one step.
 */
export function createFront(endpoint: string): Server {
  const turns = new Turns();
  const tokens = new TransactionTokens();

  return createServer((incoming, response) => {
    void answer(incoming)
      .catch(refusal)
      .then(({ status, headers, body }) => {
        response.statusCode = status;
        for (const [name, value] of Object.entries(headers)) {
          if (value !== undefined) response.setHeader(name, value);
        }
        response.end(body);
      });
  });

  async function answer(incoming: IncomingMessage): Promise<Answer> {
    const body = await buffer(incoming);
    const operation = String(incoming.headers["x-amz-target"]).split(".")[1];
    const forward = () => passOn(endpoint, incoming, body);
    switch (operation) {
      case "TransactWriteItems":
        return turns.alone(() => writeOnce(parse(body)));
      case "TransactGetItems":
        return turns.alone(async () =>
          json(200, { Responses: await transactGet(endpoint, parse(body).TransactItems) }),
        );
      case "PutItem":
      case "UpdateItem":
      case "DeleteItem": {
        const wantsOldItem = body.includes('"ReturnValuesOnConditionCheckFailure"');
        // Alone, so that the item is the one that the condition failed on.
        if (wantsOldItem) return turns.alone(async () => withOldItem(body, await forward()));
      }
    }
    return turns.together(forward);
  }

  async function writeOnce(input: Record<string, unknown>): Promise<Answer> {
    const { ClientRequestToken: token, TransactItems: items } = input;
    if (typeof token === "string" && tokens.has(token, items)) return json(200, {});
    await transactWrite(endpoint, items);
    if (typeof token === "string") tokens.add(token, items);
    return json(200, {});
  }

  async function withOldItem(body: Buffer, answered: Answer): Promise<Answer> {
    if (answered.status !== 400) return answered;
    const refused = parse(answered.body);
    const write = parse(body) as ItemRequest & Record<string, unknown>;
    const isCondition = String(refused.__type).endsWith("#ConditionalCheckFailedException");
    if (!isCondition || write.ReturnValuesOnConditionCheckFailure !== "ALL_OLD") return answered;
    const key = keyOf(write, await keyNames(endpoint, write.TableName));
    const item = await readItem(endpoint, write.TableName, key);
    return item === undefined ? answered : json(400, { ...refused, Item: item });
  }
}

/** The headers that are about one connection, or about the exact bytes of a body. */
const ofConnection = ["connection", "keep-alive", "transfer-encoding", "content-length", "expect"];

function passOn(endpoint: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, url: path, headers } = incoming;
    const call = request(endpoint, { method, path, headers: endToEnd(headers) }, (response) => {
      buffer(response).then(
        (answered) =>
          resolve({
            status: response.statusCode ?? 502,
            headers: endToEnd(response.headers),
            body: answered,
          }),
        reject,
      );
    });
    call.on("error", reject);
    call.end(body);
  });
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofConnection.includes(name)),
  );
}

function parse(body: Buffer | string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    throw new TableApiError("SerializationException", "The body is not JSON");
  }
}

/** DynamoDB's names for the origin of an error; all others come from the table service itself. */
const origins: Readonly<Record<string, string>> = {
  InternalFailure: "com.amazon.coral.service",
  SerializationException: "com.amazon.coral.service",
  ValidationException: "com.amazon.coral.validate",
};

function refusal(error: unknown): Answer {
  if (!(error instanceof TableApiError)) return failure(500, "InternalFailure", String(error));
  if (!(error instanceof TransactionCanceledError)) return failure(400, error.name, error.message);
  const { name, message: Message, reasons: CancellationReasons } = error;
  return json(400, { __type: typeOf(name), Message, CancellationReasons });
}

function failure(status: number, name: string, message: string): Answer {
  return json(status, { __type: typeOf(name), message });
}

function typeOf(name: string): string {
  return `${origins[name] ?? "com.amazonaws.dynamodb.v20120810"}#${name}`;
}

function json(status: number, body: unknown): Answer {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  return { status, headers, body: JSON.stringify(body) };
}
