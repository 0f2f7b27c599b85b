import { describe, expect, it } from "vitest";
import { account, accounts, add, isNew, onBothEngines, put } from "../../../../test/bank.ts";
import type { Item } from "./stored-item.ts";

onBothEngines((bank) => {
  describe("transactions at the same time", () => {
    const transfer = (from: string, to: string, amount: number) =>
      bank.write([
        add(from, -amount, {
          ConditionExpression: "amount >= :least",
          ExpressionAttributeValues: {
            ":amount": { N: String(-amount) },
            ":least": { N: String(amount) },
          },
        }),
        add(to, amount),
      ]);
    const amountOf = ({ amount }: Item) => Number((amount as { N: string }).N);
    const sum = (items: Item[]) => items.reduce((total, item) => total + amountOf(item), 0);

    it("move amounts to and fro, and lose none", async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, number) =>
          number % 3 === 0 ? transfer("b", "a", number) : transfer("a", "b", number),
        ),
      );
      const moved = answers.reduce((total, { status }, number) => {
        if (status !== 200) return total;
        return total + (number % 3 === 0 ? number : -number);
      }, 0);
      expect(await bank.all()).toEqual([account("a", 100 + moved), account("b", 100 - moved)]);
    });

    it("let only as many through as there is money for", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => transfer("a", "b", 30)));
      expect(answers.filter(({ status }) => status === 200).length).toBe(3);
      expect(await bank.all()).toEqual([account("a", 10), account("b", 190)]);
    });

    it("are never seen half done", async () => {
      const transfers = Array.from({ length: 20 }, (_, number) =>
        // Every other one is cancelled, after its first part has been written.
        number % 2 === 0 ? transfer("a", "b", 1) : bank.write([add("a", -1), add("b", 1, isNew)]),
      );
      const keys = ["a", "b"].map((id) => ({ id: { S: id } }));
      const reads = Array.from({ length: 20 }, async (_, number) => {
        if (number % 2 === 0) return sum(await bank.all());
        const actions = keys.map((Key) => ({ Get: { TableName: accounts, Key } }));
        const { Responses = [] } = (await bank.read(actions)).body;
        return sum(Responses.map(({ Item = {} }) => Item));
      });
      expect(await Promise.all(reads)).toEqual(Array(20).fill(200));
      await Promise.all(transfers);
      expect(await bank.all()).toEqual([account("a", 90), account("b", 110)]);
    });

    it("read one moment, whatever is written meanwhile", async () => {
      const get = (id: string) => ({ Get: { TableName: accounts, Key: { id: { S: id } } } });
      // The first is always written before the second, so it can only be the same or one ahead.
      const writes = (async () => {
        for (let amount = 101; amount <= 120; amount++) {
          for (const id of ["a", "b"]) await bank.call("PutItem", put(account(id, amount)).Put);
        }
      })();
      const others = Array.from({ length: 50 }, (_, number) => get(`other-${number}`));
      for (let time = 0; time < 10; time++) {
        const { Responses = [] } = (await bank.read([get("a"), ...others, get("b")])).body;
        const [first, second] = [Responses.at(0), Responses.at(-1)].map((response) =>
          amountOf(response?.Item ?? {}),
        );
        expect([0, 1]).toContain(Number(first) - Number(second));
      }
      await writes;
    });
  });
});
