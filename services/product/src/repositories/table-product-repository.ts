import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import {
  IdempotencyKeyBusyError,
  IdempotencyKeyReusedError,
  ProductChangedError,
  ProductIdTakenError,
  ProductNotFoundError,
} from "../errors/product-errors.ts";
import type { Product, Versions } from "../models/product.ts";
import { idempotencyKey, productKey } from "./keys.ts";
import type {
  Idempotency,
  PagePosition,
  ProductChanges,
  ProductPage,
  ProductRepository,
} from "./product-repository.ts";

/** Products in the DynamoDB table. Every write states what it expects to find, so none can overwrite or revive. */
export class TableProductRepository implements ProductRepository {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: () => string;

  constructor(client: DynamoDBDocumentClient, table: () => string) {
    this.#client = client;
    this.#table = table;
  }

  async find(productId: string): Promise<Product | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({
        TableName: this.#table(),
        Key: productKey(productId),
        ConsistentRead: true,
      }),
    );
    return Item && toProduct(Item);
  }

  async listActive(limit: number, after?: PagePosition): Promise<ProductPage> {
    const { Items = [], LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table(),
        IndexName: "ActiveProductsIndex",
        KeyConditionExpression: "active = :true",
        ExpressionAttributeValues: { ":true": "true" },
        ScanIndexForward: false,
        // One more than asked for tells whether there is a next page. DynamoDB stops at 1 MB too,
        // which keeps a page of large products below Lambda's limit for an answer.
        Limit: limit + 1,
        ExclusiveStartKey: after && {
          ...productKey(after.productId),
          active: "true",
          createdAt: after.createdAt,
        },
      }),
    );
    const products = Items.slice(0, limit).map(toProduct);
    const last = products.at(-1);
    const isLastPage = Items.length <= limit && LastEvaluatedKey === undefined;
    if (last === undefined || isLastPage) return { products };
    return { products, next: positionOf(last) };
  }

  async add(product: Product, idempotency?: Idempotency): Promise<Product> {
    if (idempotency !== undefined) return this.#addOnce(product, idempotency);
    try {
      await this.#client.send(new PutCommand(this.#put(product)));
      return product;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new ProductIdTakenError();
    }
  }

  async update(productId: string, changes: ProductChanges, expected: Versions): Promise<Product> {
    const change = changeOf({ ...changes }, "attribute_exists(PK)", expected);
    try {
      const { Attributes = {} } = await this.#change(productId, change);
      return toProduct(Attributes);
    } catch (error) {
      throw reasonOf(error, productId);
    }
  }

  async deactivate(productId: string, updatedAt: string, expected: Versions): Promise<void> {
    const change = changeOf(
      { active: "false", updatedAt },
      "attribute_exists(PK) AND active <> :active",
      expected,
    );
    try {
      await this.#change(productId, change);
    } catch (error) {
      const isInactive =
        error instanceof ConditionalCheckFailedException && error.Item?.active?.S === "false";
      if (!isInactive) throw reasonOf(error, productId);
    }
  }

  /**
   * The product and the record of its key are written together or not at all: there is no moment at
   * which a crash could leave one without the other, and lead a retry to a second product.
   */
  async #addOnce(product: Product, idempotency: Idempotency): Promise<Product> {
    const { key, fingerprint, expiresAt, now } = idempotency;
    const table = this.#table();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#client.send(
          new TransactWriteCommand({
            TransactItems: [
              { Put: this.#put(product) },
              {
                Put: {
                  TableName: table,
                  Item: {
                    ...idempotencyKey(key),
                    fingerprint,
                    product: JSON.stringify(product),
                    expiresAt,
                  },
                  // DynamoDB deletes expired items late, so an expired record counts as none.
                  ConditionExpression: "attribute_not_exists(PK) OR expiresAt < :now",
                  ExpressionAttributeValues: { ":now": now },
                  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
                },
              },
            ],
          }),
        );
        return product;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const [ofItem, ofKey] = error.CancellationReasons ?? [];
        if (ofKey?.Code === "ConditionalCheckFailed") {
          if (ofKey.Item?.fingerprint?.S !== fingerprint) throw new IdempotencyKeyReusedError();
          return JSON.parse(ofKey.Item.product?.S ?? "");
        }
        if (ofItem?.Code === "ConditionalCheckFailed") throw new ProductIdTakenError();
        // Another transaction on the same key has not ended yet. Anything else is not ours to explain.
        const isConflict = [ofItem, ofKey].some((one) => one?.Code === "TransactionConflict");
        if (!isConflict) throw error;
        if (attempt === maxConflicts) throw new IdempotencyKeyBusyError();
        await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * Math.random()));
      }
    }
  }

  #put(product: Product) {
    return {
      TableName: this.#table(),
      Item: { ...productKey(product.productId), ...product },
      ConditionExpression: "attribute_not_exists(PK)",
    };
  }

  #change(productId: string, change: Change) {
    return this.#client.send(
      new UpdateCommand({ TableName: this.#table(), Key: productKey(productId), ...change }),
    );
  }
}

/** Conflicts that are waited out, for a second or two in all. */
const maxConflicts = 6;

type Change = Omit<UpdateCommandInput, "TableName" | "Key">;

/** Sets attributes and counts the version up, where the condition holds and the version is as expected. */
function changeOf(
  attributes: Record<string, unknown>,
  condition: string,
  expected: Versions,
): Change {
  const names = Object.keys(attributes);
  const versions = expected === "*" ? [] : expected;
  const sets = [...names.map((name) => `#${name} = :${name}`), "#version = #version + :one"];
  return {
    UpdateExpression: `SET ${sets.join(", ")}`,
    ConditionExpression: [condition, ...(expected === "*" ? [] : [versionIn(versions)])].join(
      " AND ",
    ),
    // Every name goes through a placeholder: `name`, for one, is a reserved word.
    ExpressionAttributeNames: Object.fromEntries(
      [...names, "version"].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      ...Object.fromEntries(versions.map((version, index) => [`:version${index}`, version])),
      ":one": 1,
    },
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
}

/** `IN` needs at least one value; no version at all is a condition that nothing meets. */
function versionIn(versions: readonly number[]): string {
  if (versions.length === 0) return "attribute_not_exists(PK)";
  return `#version IN (${versions.map((_, index) => `:version${index}`).join(", ")})`;
}

/** Why a condition failed: there was no such product, or another version of it. */
function reasonOf(error: unknown, productId: string): unknown {
  if (!(error instanceof ConditionalCheckFailedException)) return error;
  if (error.Item === undefined) return new ProductNotFoundError(productId);
  return new ProductChangedError(productId);
}

function positionOf({ productId, createdAt }: Product): PagePosition {
  return { productId, createdAt };
}

function toProduct(item: Record<string, unknown>): Product {
  const { PK: _, SK: __, ...product } = item;
  return product as unknown as Product;
}
