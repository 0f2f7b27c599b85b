/**
 * What DynamoDB says only in moments that cannot be arranged: each answer is scripted, in the SDK's own
 * error classes. What it says otherwise is tested on a real engine, in `tests/integration`.
 */
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { IdempotencyKeyBusyError } from "../../src/errors/product-errors.ts";
import { PageTokenKey } from "../../src/repositories/page-token-key.ts";
import { TableProductRepository } from "../../src/repositories/table-product-repository.ts";
import { ids, sampleProduct } from "../sample-product.ts";

const idempotency = { key: "key", fingerprint: "a", now: 1, expiresAt: 2 };
const table = () => "products";

/** A client that gives one answer after the other, and the last one for ever. */
function answering(...answers: unknown[]) {
  let calls = 0;
  const client = {
    async send() {
      const answer = answers[Math.min(calls, answers.length - 1)];
      calls += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as DynamoDBDocumentClient;
  return { client, calls: () => calls };
}

function cancelled(...codes: string[]) {
  return new TransactionCanceledException({
    message: "Transaction cancelled",
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

const conditionFailed = new ConditionalCheckFailedException({ message: "no", $metadata: {} });

describe("a creation with an idempotency key", () => {
  const product = sampleProduct();
  const add = (client: DynamoDBDocumentClient) =>
    new TableProductRepository(client, table).add(product, idempotency);

  it("waits for another transaction on the key to end", async () => {
    const { client, calls } = answering(cancelled("None", "TransactionConflict"), {});
    expect(await add(client)).toEqual(product);
    expect(calls()).toBe(2);
  });

  it("gives up after six conflicts, and says that the key is busy", async () => {
    const { client, calls } = answering(cancelled("TransactionConflict", "None"));
    await expect(add(client)).rejects.toThrow(IdempotencyKeyBusyError);
    expect(calls()).toBe(6);
  });

  it("passes on a cancellation that is no conflict, such as throttling", async () => {
    const throttled = cancelled("None", "ThrottlingError");
    await expect(add(answering(throttled).client)).rejects.toBe(throttled);
    const unexplained = new TransactionCanceledException({ message: "?", $metadata: {} });
    await expect(add(answering(unexplained).client)).rejects.toBe(unexplained);
  });

  it("passes on a failure that is no cancellation", async () => {
    const failure = new Error("the table is away");
    await expect(add(answering(failure).client)).rejects.toBe(failure);
  });
});

describe("every other write", () => {
  it("passes on a failure that is not about its condition", async () => {
    const failure = new Error("the table is away");
    const products = new TableProductRepository(answering(failure).client, table);
    await expect(products.add(sampleProduct())).rejects.toBe(failure);
    await expect(products.update(ids.sample, { updatedAt: "now" }, "*")).rejects.toBe(failure);
    await expect(products.deactivate(ids.sample, "now", "*")).rejects.toBe(failure);
  });
});

describe("the key of page tokens", () => {
  it("is the one that another environment has made a moment before", async () => {
    const theirs = new Uint8Array(32).fill(9);
    const { client } = answering({}, conditionFailed, { Item: { key: theirs } });
    expect(await new PageTokenKey(client, table).get()).toEqual(theirs);
  });

  it("fails where it can neither be made nor read", async () => {
    const failure = new Error("the table is away");
    const unmade = new PageTokenKey(answering({}, failure).client, table);
    await expect(unmade.get()).rejects.toBe(failure);
    const gone = new PageTokenKey(answering({}, conditionFailed, {}).client, table);
    await expect(gone.get()).rejects.toBe(conditionFailed);
  });
});
