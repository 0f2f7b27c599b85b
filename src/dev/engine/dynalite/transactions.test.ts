import { describe, expect, it } from "vitest";
import {
  account,
  accounts,
  add,
  check,
  codes,
  entries,
  isNew,
  isThere,
  onBothEngines,
  put,
  remove,
  showOld,
} from "../../../../test/bank.ts";
import { tableApi } from "../table-api.ts";

onBothEngines((bank) => {
  describe("a transaction that writes", () => {
    it("puts, updates, deletes and checks, in more than one table", async () => {
      const entry = { account: { S: "a" }, number: { N: "1" }, text: { S: "é" } };
      const answer = await bank.write([
        put(account("c", 5)),
        add("a", -5),
        remove("b", isThere),
        { Put: { TableName: entries, Item: entry } },
        check("none", "attribute_not_exists(id)"),
      ]);
      expect(answer).toEqual({ status: 200, body: {} });
      expect(await bank.all()).toEqual([account("a", 95), account("c", 5)]);
      const written = await tableApi(bank.endpoint, "Scan", { TableName: entries });
      expect(written.Items).toEqual([entry]);
      const none = await bank.call("GetItem", { TableName: accounts, Key: { id: { S: "none" } } });
      expect(none.body).toEqual({});
    });

    it("writes nothing where one condition fails, and says which", async () => {
      const answer = await bank.write([
        put(account("a", 0)),
        put(account("c", 5), isNew),
        add("b", 5),
        put(account("b2", 0), { ...isThere, ...showOld }),
        check("none", "attribute_not_exists(id)"),
      ]);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        Message:
          "Transaction cancelled, please refer cancellation reasons for specific reasons [None, None, None, ConditionalCheckFailed, None]",
        CancellationReasons: [
          { Code: "None" },
          { Code: "None" },
          { Code: "None" },
          { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
          { Code: "None" },
        ],
      });
      expect(await bank.all()).toEqual([account("a", 100), account("b", 100)]);
    });

    it("puts back what it has replaced, updated and deleted, to the last attribute", async () => {
      const rich = {
        ...account("rich", 1),
        texts: { SS: ["x", "y"] },
        bytes: { B: "AAEC" },
        list: { L: [{ NULL: true }, { BOOL: false }, { M: { "": { N: "-1.5" } } }] },
      };
      await tableApi(bank.endpoint, "PutItem", put(rich).Put);
      const answer = await bank.write([
        add("a", 1),
        remove("b"),
        put({ id: { S: "rich" } }),
        put(account("c", 1), isThere),
      ]);
      expect(codes(answer)).toEqual(["None", "None", "None", "ConditionalCheckFailed"]);
      expect(await bank.all()).toEqual([account("a", 100), account("b", 100), rich]);
    });

    it("has a reason for every action that fails, with the item where that is asked for", async () => {
      const { body } = await bank.write([
        put(account("a", 0), { ...isNew, ...showOld }),
        remove("b", isNew),
        check("none", "attribute_exists(id)", showOld),
      ]);
      const failed = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" };
      expect(body.CancellationReasons).toEqual([
        { ...failed, Item: account("a", 100) },
        failed,
        failed,
      ]);
    });

    it.each([
      ["attribute_exists(id)", "a", ["None"]],
      ["attribute_not_exists(id)", "a", ["ConditionalCheckFailed"]],
      ["attribute_exists(id)", "none", ["ConditionalCheckFailed"]],
      ["attribute_not_exists(id)", "none", ["None"]],
    ])("changes nothing by checking that %s, of %s", async (condition, id, expected) => {
      const answer = await bank.write([check(id, condition), put(account("b", 100))]);
      expect(codes(answer) ?? ["None", "None"]).toEqual([...expected, "None"]);
      expect(await bank.all()).toEqual([account("a", 100), account("b", 100)]);
    });

    it("writes nothing where an action cannot be done to its item", async () => {
      const answer = await bank.write([
        put(account("c", 1)),
        add("none", 1),
        { Delete: { TableName: accounts, Key: { wrong: { S: "a" } } } },
        put(account("a", 1), isNew),
      ]);
      expect(codes(answer)).toEqual([
        "None",
        "ValidationError",
        "ValidationError",
        "ConditionalCheckFailed",
      ]);
      expect(answer.body.CancellationReasons?.[1]?.Message).toBe(
        "The provided expression refers to an attribute that does not exist in the item",
      );
      expect(await bank.all()).toEqual([account("a", 100), account("b", 100)]);
    });

    it.each([
      ["no action", [], /Value '\[\]' at 'transactItems' .* greater than or equal to 1$/],
      [
        "more than a hundred actions",
        Array.from({ length: 101 }, (_, number) => put(account(`${number}`, 1))),
        /at 'transactItems' .* less than or equal to 100$/,
      ],
      [
        "two actions on one item",
        [put(account("a", 1)), check("a", "attribute_exists(id)")],
        /^Transaction request cannot include multiple operations on one item$/,
      ],
    ])("is refused with %s", async (_, actions, message) => {
      const { status, body } = await bank.write(actions);
      expect([status, body.__type]).toEqual([400, "com.amazon.coral.validate#ValidationException"]);
      expect(body.message).toMatch(message);
      expect(await bank.all()).toEqual([account("a", 100), account("b", 100)]);
    });

    it("writes a hundred items", async () => {
      const { status } = await bank.write(
        Array.from({ length: 100 }, (_, number) => put(account(`${100 + number}`, 1))),
      );
      expect([status, (await bank.all()).length]).toEqual([200, 102]);
    });

    it("is refused for a table that does not exist", async () => {
      const nowhere = { Put: { TableName: "nowhere", Item: account("a", 1) } };
      const { body } = await bank.write([put(account("c", 1)), nowhere]);
      expect(body).toEqual({
        __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
        message: "Requested resource not found",
      });
      expect((await bank.all()).length).toBe(2);
    });

    it("is made once for each token", async () => {
      for (let time = 0; time < 3; time++) {
        expect(await bank.write([add("a", 1)], "token-1")).toEqual({ status: 200, body: {} });
      }
      await bank.write([add("a", 1)], "token-2");
      expect(await bank.all()).toEqual([account("a", 102), account("b", 100)]);
    });

    it("is refused where its token is that of another", async () => {
      await bank.write([add("a", 1)], "token-3");
      const { status, body } = await bank.write([add("a", 2)], "token-3");
      expect([status, body.__type]).toEqual([
        400,
        "com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException",
      ]);
      expect(await bank.all()).toEqual([account("a", 101), account("b", 100)]);
    });

    it("is tried again under the token of one that was cancelled", async () => {
      const actions = [put(account("c", 1), isNew)];
      await tableApi(bank.endpoint, "PutItem", put(account("c", 9)).Put);
      expect((await bank.write(actions, "token-4")).status).toBe(400);
      await bank.call("DeleteItem", remove("c").Delete);
      expect((await bank.write(actions, "token-4")).status).toBe(200);
    });
  });

  describe("a transaction that reads", () => {
    const get = (id: string, more: object = {}) => ({
      Get: { TableName: accounts, Key: { id: { S: id } }, ...more },
    });

    it("gives the items in the order asked for, and leaves out what is not there", async () => {
      const projection = {
        ProjectionExpression: "id, #amount",
        ExpressionAttributeNames: { "#amount": "amount" },
      };
      const { status, body } = await bank.read([get("b"), get("none"), get("a", projection)]);
      expect(status).toBe(200);
      expect(body.Responses).toEqual([
        { Item: account("b", 100) },
        {},
        { Item: { id: { S: "a" }, amount: { N: "100" } } },
      ]);
    });

    it("is cancelled where a key is not one of the table", async () => {
      const wrong = { Get: { TableName: accounts, Key: { wrong: { S: "a" } } } };
      const answer = await bank.read([get("a"), wrong]);
      expect(codes(answer)).toEqual(["None", "ValidationError"]);
    });

    it("is refused with two reads of one item, with none, and for a table that is not there", async () => {
      const nowhere = { Get: { TableName: "nowhere", Key: { id: { S: "a" } } } };
      expect((await bank.read([get("a"), get("a")])).body.message).toBe(
        "Transaction request cannot include multiple operations on one item",
      );
      expect((await bank.read([])).body.__type).toMatch(/#ValidationException$/);
      expect((await bank.read([nowhere])).body.__type).toMatch(/#ResourceNotFoundException$/);
    });
  });
});
