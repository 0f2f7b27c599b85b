import type { Answer } from "./answers.ts";
import { type Input, objectOf, objectsOf, textOf } from "./calls/input.ts";

/** Capacity units that a call would have used of a table, as far as can be told from the call. */
export interface Capacity {
  readonly table: string;
  readonly read: number;
  readonly write: number;
}

const readUnitBytes = 4096;
const writeUnitBytes = 1024;

/**
 * What DynamoDB would have charged, estimated by its rules: a read unit for each 4 KB, half of one where it may be
 * out of date, a write unit for each 1 KB, twice of both in a transaction.
 *
 * Too little is said of what a filter left out, of the item that was there before a write, of indexes that are
 * written along with the table, and of an update or delete whose answer does not have the item.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html (2026-11-27)
 */
export function consumedCapacity(
  operation: string,
  input: Input,
  { status, body }: Answer,
): Capacity[] {
  const uses = status === 200 ? usesOf[operation] : undefined;
  return uses === undefined ? [] : uses(input, () => answerIn(body));
}

/** Whatever an engine answers, its caller gets it: nothing here may fail. */
function answerIn(body: Buffer): Input {
  try {
    return objectOf(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

type Uses = (input: Input, answer: () => Input) => Capacity[];

const usesOf: Readonly<Record<string, Uses>> = {
  GetItem: (input, answer) => read(input, [answer().Item]),
  Query: (input, answer) => read(input, [objectsOf(answer().Items)]),
  Scan: (input, answer) => read(input, [objectsOf(answer().Items)]),
  BatchGetItem: (input, answer) => {
    const responses = objectOf(answer().Responses);
    return Object.entries(objectOf(input.RequestItems)).flatMap(([table, asked]) =>
      read({ ...objectOf(asked), TableName: table }, objectsOf(responses[table])),
    );
  },
  TransactGetItems: (input, answer) => {
    const got = objectsOf(answer().Responses);
    return objectsOf(input.TransactItems).flatMap(({ Get }, position) =>
      read({ ...objectOf(Get), ConsistentRead: true }, [got[position]?.Item], 2),
    );
  },
  PutItem: (input) => write(input, [input.Item]),
  UpdateItem: (input, answer) => write(input, [answer().Attributes ?? input.Key]),
  DeleteItem: (input, answer) => write(input, [answer().Attributes ?? input.Key]),
  BatchWriteItem: ({ RequestItems }) =>
    Object.entries(objectOf(RequestItems)).flatMap(([table, requests]) =>
      write(
        { TableName: table },
        objectsOf(requests).map(({ PutRequest, DeleteRequest }) =>
          PutRequest === undefined ? objectOf(DeleteRequest).Key : objectOf(PutRequest).Item,
        ),
      ),
    ),
  TransactWriteItems: ({ TransactItems }) =>
    objectsOf(TransactItems).flatMap((part) =>
      Object.values(part)
        .map(objectOf)
        .flatMap((one) => write(one, [one.Item ?? one.Key], 2)),
    ),
};

/** @param items each counts by itself; a list of them is one read */
function read(
  { TableName, ConsistentRead }: Input,
  items: readonly unknown[],
  factor = ConsistentRead === true ? 1 : 0.5,
): Capacity[] {
  const units = items.map((item) => Math.max(1, Math.ceil(sizeOf(item) / readUnitBytes)) * factor);
  return [{ table: textOf(TableName) ?? "", read: sum(units), write: 0 }];
}

function write({ TableName }: Input, items: readonly unknown[], factor = 1): Capacity[] {
  const units = items.map((item) => Math.max(1, Math.ceil(sizeOf(item) / writeUnitBytes)) * factor);
  return [{ table: textOf(TableName) ?? "", read: 0, write: sum(units) }];
}

function sum(units: readonly number[]): number {
  return units.reduce((total, unit) => total + unit, 0);
}

/**
 * An item's bytes, or those of a list of items together.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html (2026-11-27)
 */
function sizeOf(item: unknown): number {
  if (Array.isArray(item)) return sum(item.map(sizeOf));
  return sum(
    Object.entries(objectOf(item)).map(
      ([name, value]) => Buffer.byteLength(name) + valueBytes(objectOf(value)),
    ),
  );
}

function valueBytes(value: Input): number {
  const [type = "", content] = Object.entries(value)[0] ?? [];
  if (type === "L") return 3 + sum(objectsOf(content).map((one) => 1 + valueBytes(one)));
  if (type === "M") return 3 + Object.keys(objectOf(content)).length + sizeOf(content);
  if (type === "NULL" || type === "BOOL") return 1;
  return sum([content].flat().map((one) => scalarBytes(type.charAt(0), String(one))));
}

function scalarBytes(type: string, text: string): number {
  if (type === "N") return Math.ceil(text.replace(/\D/g, "").length / 2) + 1;
  if (type === "B") return Buffer.byteLength(text, "base64");
  return Buffer.byteLength(text);
}
