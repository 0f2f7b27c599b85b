import { isDeepStrictEqual } from "node:util";
import type { KeyPlan, ServicePlan, TablePlan } from "../../plan/index.ts";
import { TableApiError, tableApi } from "../engine/index.ts";
import { asItWas, change, type Item } from "./item-change.ts";
import { isObject, Refused } from "./json.ts";

const itemsOnAPage = 50;

type Body = Readonly<Record<string, unknown>>;

/** What the page asks of a table. Only the tables of the plan can be reached. */
export interface TableBrowser {
  /** `{index?, partitionKey?, after?}` → `{items, next}`: one page. */
  page(table: string, body: Body): Promise<unknown>;
  /** `{before, after}`: `before` null adds, `after` null deletes, both change. → `{item}` */
  write(table: string, body: Body): Promise<unknown>;
}

/** @param endpoint where the tables can be reached with the owner's rights */
export function createTableBrowser(plan: () => ServicePlan, endpoint: () => string): TableBrowser {
  const tableCalled = (key: string): TablePlan => {
    const table = plan().tables.find((one) => one.key === key);
    if (table === undefined) throw new Refused(404, `The service has no table "${key}".`);
    return table;
  };
  const call = <Output>(operation: string, input: unknown) =>
    tableApi<Output>(endpoint(), operation, input);
  return {
    page: (key, body) => refusing(readPage(call, tableCalled(key), body)),
    write: (key, body) => refusing(writeItem(call, tableCalled(key), body)),
  };
}

type Call = <Output>(operation: string, input: unknown) => Promise<Output>;

interface PageOutput {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

async function readPage(call: Call, table: TablePlan, body: Body): Promise<unknown> {
  const { index: indexName, partitionKey: value, after } = body;
  const index = table.indexes.find((one) => one.name === indexName);
  if (indexName != null && index === undefined) {
    throw new Refused(404, `${table.name} has no index "${String(indexName)}".`);
  }
  const { partitionKey } = index ?? table;
  const output = await call<PageOutput>(typeof value === "string" ? "Query" : "Scan", {
    TableName: table.name,
    ...(index && { IndexName: index.name }),
    ...(typeof value === "string" && {
      KeyConditionExpression: "#key = :value",
      ExpressionAttributeNames: { "#key": partitionKey.name },
      ExpressionAttributeValues: { ":value": { [partitionKey.type]: value } },
    }),
    ...(isObject(after) && { ExclusiveStartKey: after }),
    Limit: itemsOnAPage,
  });
  return { items: output.Items ?? [], next: output.LastEvaluatedKey ?? null };
}

async function writeItem(call: Call, table: TablePlan, body: Body): Promise<unknown> {
  const before = itemOf(body.before, "before");
  const after = itemOf(body.after, "after");
  const key = keyOf(table, before ?? after);
  if (before !== null && after !== null && !isDeepStrictEqual(keyOf(table, after), key)) {
    throw new Refused(
      400,
      "The key of an item cannot be changed: add a new item, delete this one.",
    );
  }
  const read = async () => {
    const input = { TableName: table.name, Key: key, ConsistentRead: true };
    return (await call<{ Item?: Item }>("GetItem", input)).Item ?? null;
  };
  // A condition cannot say "and nothing else": what was added to an item is seen by reading it.
  const found = await read();
  if (!isDeepStrictEqual(found, before)) throw stale(found, before);
  try {
    await conditionalWrite(call, table, key, before, after);
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    throw stale(await read(), before);
  }
  return { item: after === null ? null : await read() };
}

function conditionalWrite(
  call: Call,
  { name, partitionKey }: TablePlan,
  key: Item,
  before: Item | null,
  after: Item | null,
): Promise<unknown> {
  if (before === null) {
    return call("PutItem", {
      TableName: name,
      Item: after,
      ConditionExpression: "attribute_not_exists(#key)",
      ExpressionAttributeNames: { "#key": partitionKey.name },
    });
  }
  return after === null
    ? call("DeleteItem", { TableName: name, Key: key, ...asItWas(before) })
    : call("UpdateItem", { TableName: name, Key: key, ...change(before, after) });
}

function keyOf({ partitionKey, sortKey }: TablePlan, item: Item | null): Item {
  const keys: readonly KeyPlan[] = sortKey === null ? [partitionKey] : [partitionKey, sortKey];
  return Object.fromEntries(
    keys.map(({ name, type }) => {
      const value = item?.[name];
      if (isObject(value) && typeof value[type] === "string") return [name, value];
      throw new Refused(400, `The item needs its key: "${name}": {"${type}": "…"}.`);
    }),
  );
}

function itemOf(value: unknown, name: string): Item | null {
  if (value === null || isObject(value)) return value;
  throw new Refused(400, `"${name}" is neither an item nor null.`);
}

function stale(found: Item | null, before: Item | null): Refused {
  const message =
    before === null
      ? "An item with this key is there already."
      : found === null
        ? "The item was deleted meanwhile."
        : "The item was changed meanwhile.";
  return new Refused(409, message, { current: found });
}

function isConditionFailed(error: unknown): boolean {
  return error instanceof TableApiError && error.name === "ConditionalCheckFailedException";
}

/** What the engine refuses is for the person who asked. */
async function refusing<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TableApiError) throw new Refused(400, `${error.name}: ${error.message}`);
    if (error instanceof Refused) throw error;
    throw new Refused(502, `The table engine does not answer: ${(error as Error).message}`);
  }
}
