import { describe, expect, it } from "vitest";
import { TransactionTokens } from "./transaction-tokens.ts";

const content = [{ Put: { TableName: "orders", Item: { id: { S: "1" }, total: { N: "2" } } } }];

describe("the tokens of transactions", () => {
  it("know a transaction that was made under the token, and no other", () => {
    const tokens = new TransactionTokens();
    tokens.add("a", content);
    expect([tokens.has("a", content), tokens.has("b", content)]).toEqual([true, false]);
  });

  it("take a transaction for the same whatever the order of its keys", () => {
    const tokens = new TransactionTokens();
    tokens.add("a", content);
    const reordered = [
      { Put: { Item: { total: { N: "2" }, id: { S: "1" } }, TableName: "orders" } },
    ];
    expect(tokens.has("a", reordered)).toBe(true);
  });

  it("refuse a transaction of another content, or in another order", () => {
    const tokens = new TransactionTokens();
    const [action] = content;
    const other = { Delete: { TableName: "orders", Key: { id: { S: "2" } } } };
    tokens.add("a", [action, other]);
    for (const different of [[action], [other, action], []]) {
      expect(() => tokens.has("a", different)).toThrow(
        expect.objectContaining({ name: "IdempotentParameterMismatchException" }),
      );
    }
  });

  it("forget a transaction after ten minutes, and not before", () => {
    let now = 0;
    const tokens = new TransactionTokens(() => now);
    tokens.add("a", content);
    now = 5 * 60_000;
    tokens.add("b", content);
    now = 10 * 60_000 - 1;
    expect(tokens.has("a", content)).toBe(true);
    now = 10 * 60_000;
    expect([tokens.has("a", content), tokens.has("b", content)]).toEqual([false, true]);
    expect(tokens.has("a", [])).toBe(false);
  });
});
