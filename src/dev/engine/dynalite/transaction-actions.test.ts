import { describe, expect, it } from "vitest";
import { account, accounts, add, put, useBank } from "../../../../test/bank.ts";
import { startDynalite } from "./dynalite.ts";

/** What only DynamoDB itself words and orders in this way; Dynoxide refuses most of it differently. */
describe("a transaction on dynalite with its front", () => {
  const bank = useBank(() => startDynalite({ dataDirectory: undefined }));
  const refused = async (operation: string, input: unknown) => {
    const { status, body } = await bank.call(operation, input);
    return [status, body.__type?.split("#")[1], body.message ?? body.Message];
  };
  const write = (...TransactItems: unknown[]) => refused("TransactWriteItems", { TransactItems });

  it("refuses the whole request for an expression that says nothing", async () => {
    const [status, name, message] = await write(
      put(account("c", 1)),
      add("a", 1, { UpdateExpression: "SET SET" }),
    );
    expect([status, name]).toEqual([400, "ValidationException"]);
    expect(message).toMatch(/^Invalid UpdateExpression: Syntax error/);
    expect(await bank.all()).toEqual([account("a", 100), account("b", 100)]);
  });

  it("refuses an action that is none, or two, or lacks what only a transaction requires", async () => {
    const Key = { id: { S: "a" } };
    const absent = (member: string) =>
      `1 validation error detected: Value null at 'transactItems.1.member.${member}' failed to satisfy constraint: Member must not be null`;
    const messages = [
      await write({}),
      await write({ ...put(account("a", 1)), ...add("b", 1) }),
      await write({ Update: { TableName: accounts, Key } }),
      await write({ ConditionCheck: { TableName: accounts, Key } }),
      await refused("TransactGetItems", { TransactItems: [{}] }),
    ].map(([, name, message]) => `${name}: ${message}`);
    expect(messages).toEqual([
      "ValidationException: Invalid Request: TransactWriteRequest should contain Delete or Put or Update request",
      "ValidationException: TransactItems can only contain one of Check, Put, Update or Delete",
      `ValidationException: ${absent("update.updateExpression")}`,
      `ValidationException: ${absent("conditionCheck.conditionExpression")}`,
      `ValidationException: ${absent("get")}`,
    ]);
  });

  it("refuses a table without a name, and an item without a key, as dynalite does", async () => {
    expect(await write({ Put: { Item: account("a", 1) } })).toContain("ValidationException");
    expect(await write({ Put: { TableName: accounts } })).toContain("ValidationException");
    expect(await write(put({ amount: { N: "1" } }))).toContain("TransactionCanceledException");
  });

  it("refuses what is no list of actions", async () => {
    const bodies = [
      "{",
      { TransactItems: "all" },
      { TransactItems: ["all"] },
      { TransactItems: [{ Put: 1 }] },
    ];
    for (const body of bodies) {
      expect(await refused("TransactWriteItems", body)).toContain("SerializationException");
    }
    expect(await refused("TransactWriteItems", {})).toContain("ValidationException");
  });

  it("does not let what only an operation on a single item knows into a transaction", async () => {
    const legacy = { Expected: { id: { Exists: false } }, ReturnValues: "ALL_OLD" };
    expect(await write(put(account("a", 1), legacy))).toEqual([200, undefined, undefined]);
    expect(await write(put(account("a", 1), legacy))).toEqual([200, undefined, undefined]);
  });
});
