import { describe, expect, it } from "vitest";
import {
  account,
  accounts,
  add,
  isNew,
  onBothEngines,
  put,
  showOld,
  useBank,
} from "../../../../test/bank.ts";
import { startDynalite } from "./dynalite.ts";

onBothEngines((bank) => {
  describe("a failed condition", () => {
    const unmet = { ConditionExpression: "amount < :limit" };
    const limit = { ":limit": { N: "1" } };
    const writesOf = (id: string): Record<string, object> => ({
      PutItem: { TableName: accounts, Item: account(id, 0), ExpressionAttributeValues: limit },
      UpdateItem: {
        TableName: accounts,
        Key: { id: { S: id } },
        UpdateExpression: "SET amount = :limit",
        ExpressionAttributeValues: limit,
      },
      DeleteItem: { TableName: accounts, Key: { id: { S: id } }, ExpressionAttributeValues: limit },
    });

    it.each(["PutItem", "UpdateItem", "DeleteItem"])(
      "of a %s comes with the item that it failed on, where that is asked for",
      async (operation) => {
        const write = { ...writesOf("a")[operation], ...unmet };
        const refusal = {
          __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
          message: "The conditional request failed",
        };
        expect(await bank.call(operation, { ...write, ...showOld })).toEqual({
          status: 400,
          body: { ...refusal, Item: account("a", 100) },
        });
        expect(await bank.call(operation, write)).toEqual({ status: 400, body: refusal });
        const none = { ...writesOf("none")[operation], ...unmet, ...showOld };
        expect(await bank.call(operation, none)).toEqual({ status: 400, body: refusal });
        expect(await bank.all()).toEqual([account("a", 100), account("b", 100)]);
      },
    );

    it("says nothing of the item where it is met", async () => {
      const { Put } = put(account("c", 1), { ...isNew, ...showOld });
      expect(await bank.call("PutItem", Put)).toEqual({ status: 200, body: {} });
    });

    it("comes with an item that it does fail on, while others write", async () => {
      const guess = async (amount: number) => {
        const { body } = await bank.call("UpdateItem", {
          ...add("a", 0, showOld).Update,
          ConditionExpression: "amount = :guess",
          ExpressionAttributeValues: {
            ":amount": { N: "0" },
            ":guess": { N: String(amount) },
          },
        });
        return body.Item?.amount;
      };
      for (let amount = 101; amount <= 130; amount++) {
        const guessed = guess(amount);
        await bank.call("UpdateItem", add("a", 1).Update);
        expect(await guessed).not.toEqual({ N: String(amount) });
      }
    });
  });
});

describe("the front before dynalite", () => {
  const bank = useBank(() => startDynalite({ dataDirectory: undefined }));

  it("lets through what is not for it", async () => {
    const health = await fetch(bank.endpoint);
    expect(await health.text()).toBe("healthy: dynamodb.us-east-1.amazonaws.com ");
    const { body } = await bank.call("ExecuteStatement", {});
    expect(body.__type).toBe("com.amazon.coral.service#UnknownOperationException");
    const unsigned = await fetch(bank.endpoint, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": "DynamoDB_20120810.ListTables",
      },
      body: "{}",
    });
    expect(unsigned.headers.get("x-amzn-requestid")).toEqual(expect.any(String));
    expect(await unsigned.json()).toMatchObject({
      message: "Request is missing Authentication Token",
    });
  });
});
