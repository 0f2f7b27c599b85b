import { isTableNotFound, TableApiError, tableApi } from "../table-api.ts";

/** An item, or the key of one, in DynamoDB's own JSON. */
export type Item = Record<string, unknown>;

/** The part of a request that says which item it is about. */
export interface ItemRequest {
  readonly TableName: string;
  readonly Key?: Item;
  /** Of a put, which has no key of its own. */
  readonly Item?: Item;
}

/**
 * The names of a table's key attributes.
 * @throws {TableApiError} ResourceNotFoundException, in the words of a write
 */
export async function keyNames(endpoint: string, table: string): Promise<readonly string[]> {
  try {
    const { Table } = await tableApi<{ Table: { KeySchema: { AttributeName: string }[] } }>(
      endpoint,
      "DescribeTable",
      { TableName: table },
    );
    return Table.KeySchema.map(({ AttributeName }) => AttributeName);
  } catch (error) {
    if (!isTableNotFound(error)) throw error;
    throw new TableApiError(error.name, "Requested resource not found");
  }
}

/** The key of the item that a request is about, in the order of its names. */
export function keyOf({ Key, Item }: ItemRequest, names: readonly string[]): Item {
  const attributes = Key ?? Item ?? {};
  return Object.fromEntries(names.map((name) => [name, attributes[name]]));
}

/** The item under a key, as it is now. */
export async function readItem(
  endpoint: string,
  table: string,
  key: Item,
): Promise<Item | undefined> {
  const { Item } = await tableApi<{ Item?: Item }>(endpoint, "GetItem", {
    TableName: table,
    Key: key,
    ConsistentRead: true,
  });
  return Item;
}
