import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { readByKey } from "./read-by-key.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** An item, or its key: the value of each attribute, in DynamoDB's own form. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** The part of a table that one of several readers gets. */
export interface Segment {
  readonly number: number;
  readonly of: number;
}

export interface ItemPage {
  readonly items: readonly Item[];
  /** Where the next page begins; nothing behind the last one. */
  readonly next: Item | undefined;
}

/** Items of tables. Every call throws what `awsError` says. */
export class Items {
  readonly #call: Call<typeof import("@aws-sdk/client-dynamodb"), DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /**
   * A page of a table, of 1 MB at most.
   *
   * @param names of the attributes that are wanted. @default all
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html (2026-11-27)
   */
  async page(
    table: string,
    { number, of }: Segment,
    from: Item | undefined,
    names?: readonly string[],
  ): Promise<ItemPage> {
    return this.#call(`read ${table}`, async (client, dynamo) => {
      const { Items: items = [], LastEvaluatedKey: next } = await client.send(
        new dynamo.ScanCommand({
          TableName: table,
          Segment: number,
          TotalSegments: of,
          ConsistentRead: true,
          ...(from !== undefined && { ExclusiveStartKey: from }),
          ...(names !== undefined && {
            ProjectionExpression: names.map((_, index) => `#n${index}`).join(", "),
            ExpressionAttributeNames: Object.fromEntries(
              names.map((name, index) => [`#n${index}`, name]),
            ),
          }),
        }),
      );
      return { items, next };
    });
  }

  /**
   * The items that have these keys, in no order; those that are not there are left out. What DynamoDB has no capacity
   * for at once is asked for again.
   *
   * @param keys no two the same
   */
  async get(table: string, keys: readonly Item[]): Promise<Item[]> {
    return this.#call(`read items of ${table}`, (client, dynamo) =>
      readByKey(client, dynamo, table, keys),
    );
  }

  /**
   * Puts an item where what is there is still what was seen.
   *
   * @param seen what was there; nothing where nothing was
   * @returns whether it was so
   */
  async put(
    table: string,
    item: Item,
    seen: Item | undefined,
    keys: readonly string[],
  ): Promise<boolean> {
    return this.#call(`write an item to ${table}`, async (client, dynamo) => {
      try {
        await client.send(
          new dynamo.PutItemCommand({ TableName: table, Item: item, ...asSeen(item, seen, keys) }),
        );
        return true;
      } catch (error) {
        if (Object(error).name === "ConditionalCheckFailedException") return false;
        throw error;
      }
    });
  }
}

/** Each attribute as it was, and none that would be new. */
function asSeen(item: Item, seen: Item | undefined, keys: readonly string[]) {
  const [key = ""] = keys;
  if (seen === undefined) {
    return {
      ConditionExpression: "attribute_not_exists(#n0)",
      ExpressionAttributeNames: { "#n0": key },
    };
  }
  const others = (of: Item) => Object.keys(of).filter((name) => !keys.includes(name));
  const known = others(seen);
  const added = others(item).filter((name) => !Object.hasOwn(seen, name));
  const names = [key, ...known, ...added];
  const place = (name: string) => names.indexOf(name);
  return {
    ConditionExpression: [
      "attribute_exists(#n0)",
      ...known.map((name) => `#n${place(name)} = :v${place(name)}`),
      ...added.map((name) => `attribute_not_exists(#n${place(name)})`),
    ].join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    ...(known.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(
        known.map((name) => [`:v${place(name)}`, seen[name] as AttributeValue]),
      ),
    }),
  };
}
