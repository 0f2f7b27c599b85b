import { TableApiError } from "../table-api.ts";
import type { Item, ItemRequest } from "./stored-item.ts";

/** One action of a transaction. */
export interface Action {
  readonly kind: "Put" | "Update" | "Delete" | "ConditionCheck" | "Get";
  /** What the operation on a single item would be given. */
  readonly parameters: ItemRequest & Record<string, unknown>;
  /** Where its condition fails. */
  readonly wantsOldItem: boolean;
}

/** An action of which it is known which item it is about. */
export interface KeyedAction extends Action {
  readonly key: Item;
}

const condition = ["ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"];

/** Only these are passed on: the operations on single items know more than a transaction does. */
const known = {
  Put: ["TableName", "Item", ...condition],
  Update: ["TableName", "Key", "UpdateExpression", ...condition],
  Delete: ["TableName", "Key", ...condition],
  ConditionCheck: ["TableName", "Key", ...condition],
  Get: ["TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames"],
} as const;

/** Required here, and not by the operations on single items, which check all else. */
const required: { readonly [Kind in Action["kind"]]?: string } = {
  Update: "UpdateExpression",
  ConditionCheck: "ConditionExpression",
};

/**
 * The actions of a `TransactWriteItems` request.
 * @throws {TableApiError} ValidationException, SerializationException
 */
export function readWrites(items: unknown): Action[] {
  return listOf(items).map((item, index) => {
    const [kind, ...others] = (["ConditionCheck", "Put", "Update", "Delete"] as const).filter(
      (name) => item[name] != null,
    );
    if (kind === undefined) {
      throw invalid(
        "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request",
      );
    }
    if (others.length > 0) {
      throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    return readAction(kind, item[kind], index);
  });
}

/**
 * The actions of a `TransactGetItems` request.
 * @throws {TableApiError} ValidationException, SerializationException
 */
export function readGets(items: unknown): Action[] {
  return listOf(items).map((item, index) => {
    if (item.Get == null) throw missing(index, "get");
    return readAction("Get", item.Get, index);
  });
}

function listOf(items: unknown): Record<string, unknown>[] {
  if (items == null) {
    throw invalid(
      `${detected} Value null at 'transactItems' ${constraint} Member must not be null`,
    );
  }
  if (!Array.isArray(items) || !items.every(isObject)) throw notSerializable();
  if (items.length < 1) throw ofLength(items, "greater than or equal to 1");
  if (items.length > 100) throw ofLength(items, "less than or equal to 100");
  return items;
}

function readAction(kind: Action["kind"], given: unknown, index: number): Action {
  if (!isObject(given)) throw notSerializable();
  const needed = required[kind];
  if (needed !== undefined && given[needed] == null) {
    throw missing(index, `${lowerFirst(kind)}.${lowerFirst(needed)}`);
  }
  const parameters = Object.fromEntries(
    known[kind].filter((name) => given[name] != null).map((name) => [name, given[name]]),
  );
  return {
    kind,
    parameters: parameters as Action["parameters"],
    wantsOldItem: given.ReturnValuesOnConditionCheckFailure === "ALL_OLD",
  };
}

const detected = "1 validation error detected:";
const constraint = "failed to satisfy constraint:";

function missing(index: number, member: string): TableApiError {
  const path = `transactItems.${index + 1}.member.${member}`;
  return invalid(`${detected} Value null at '${path}' ${constraint} Member must not be null`);
}

function ofLength(items: unknown, length: string): TableApiError {
  const value = JSON.stringify(items);
  return invalid(
    `${detected} Value '${value}' at 'transactItems' ${constraint} Member must have length ${length}`,
  );
}

function invalid(message: string): TableApiError {
  return new TableApiError("ValidationException", message);
}

function notSerializable(): TableApiError {
  return new TableApiError("SerializationException", "Unexpected field type");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
