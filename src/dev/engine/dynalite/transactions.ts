import { TableApiError, tableApi } from "../table-api.ts";
import { type Reason, reasonFor, throwIfCanceled } from "./cancellation.ts";
import { type Item, keyNames, keyOf, readItem } from "./stored-item.ts";
import { type Action, type KeyedAction, readGets, readWrites } from "./transaction-actions.ts";

/**
 * Writes all items or none, on an engine that can only write one at a time: it writes them one after
 * the other, and puts back what was there if one fails. Nothing else may use the engine meanwhile.
 *
 * @throws {TableApiError} in DynamoDB's words
 */
export async function transactWrite(endpoint: string, items: unknown): Promise<void> {
  const actions = await withKeys(endpoint, readWrites(items));
  const undo: Undo[] = [];
  try {
    const reasons: Reason[] = [];
    for (const action of actions) {
      const attempt = async () => undo.push(await write(endpoint, action));
      // Each is tried, even after one has failed: the answer has a reason for every one.
      reasons.push(await reasonFor(endpoint, action, attempt));
    }
    throwIfCanceled(reasons);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

/**
 * Reads items as they are at one moment, if nothing else uses the engine meanwhile.
 * @throws {TableApiError} in DynamoDB's words
 */
export async function transactGet(endpoint: string, items: unknown): Promise<{ Item?: Item }[]> {
  const actions = await withKeys(endpoint, readGets(items));
  const reasons: Reason[] = [];
  const found: { Item?: Item }[] = [];
  for (const action of actions) {
    const attempt = async () =>
      found.push(await tableApi<{ Item?: Item }>(endpoint, "GetItem", action.parameters));
    reasons.push(await reasonFor(endpoint, action, attempt));
  }
  throwIfCanceled(reasons);
  return found;
}

/** Finds out each action's key, and that no two have the same. */
async function withKeys(endpoint: string, actions: readonly Action[]): Promise<KeyedAction[]> {
  const tables = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  const keyed: KeyedAction[] = [];
  for (const action of actions) {
    const { TableName } = action.parameters;
    const names = tables.get(TableName) ?? (await keyNames(endpoint, TableName));
    tables.set(TableName, names);
    const key = keyOf(action.parameters, names);
    seen.add(JSON.stringify([TableName, key]));
    keyed.push({ ...action, key });
  }
  if (seen.size === actions.length) return keyed;
  throw new TableApiError(
    "ValidationException",
    "Transaction request cannot include multiple operations on one item",
  );
}

type Undo = () => Promise<unknown>;

async function write(endpoint: string, { kind, parameters, key }: KeyedAction): Promise<Undo> {
  const { TableName } = parameters;
  if (kind === "ConditionCheck") {
    // Both change nothing: deleting what is not there, and an update that says nothing of what is.
    const isThere = (await readItem(endpoint, TableName, key)) !== undefined;
    await tableApi(endpoint, isThere ? "UpdateItem" : "DeleteItem", parameters);
    return async () => {};
  }
  const { Attributes: old } = await tableApi<{ Attributes?: Item }>(endpoint, `${kind}Item`, {
    ...parameters,
    ReturnValues: "ALL_OLD",
  });
  return () =>
    old === undefined
      ? tableApi(endpoint, "DeleteItem", { TableName, Key: key })
      : tableApi(endpoint, "PutItem", { TableName, Item: old });
}
