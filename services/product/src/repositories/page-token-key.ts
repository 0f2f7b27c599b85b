import { randomBytes } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { pageTokenKey } from "./keys.ts";

/**
 * The key that page tokens are signed with: 32 random bytes in an item of the table, made when they
 * are first needed. It lives and is restored with the data that the tokens point into, and nobody
 * ever has to handle it.
 */
export class PageTokenKey {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: () => string;
  #cached: { table: string; key: Uint8Array } | undefined;

  constructor(client: DynamoDBDocumentClient, table: () => string) {
    this.#client = client;
    this.#table = table;
  }

  async get(): Promise<Uint8Array> {
    const table = this.#table();
    if (this.#cached?.table !== table) {
      const key = (await this.#read(table)) ?? (await this.#make(table));
      this.#cached = { table, key };
    }
    return this.#cached.key;
  }

  async #read(table: string): Promise<Uint8Array | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: table, Key: pageTokenKey, ConsistentRead: true }),
    );
    return Item?.key;
  }

  async #make(table: string): Promise<Uint8Array> {
    const key = new Uint8Array(randomBytes(32));
    try {
      await this.#client.send(
        new PutCommand({
          TableName: table,
          Item: { ...pageTokenKey, key },
          ConditionExpression: "attribute_not_exists(PK)",
        }),
      );
      return key;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // Another environment was quicker: its key is the key.
      const theirs = await this.#read(table);
      if (theirs === undefined) throw error;
      return theirs;
    }
  }
}
