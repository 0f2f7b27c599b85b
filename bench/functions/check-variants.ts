import { ensureTable, startEngine, tableApi } from "../../src/dev/engine/index.ts";
import { print } from "../print.ts";
import { boot } from "./boot.ts";
import { createEvent, eventFile } from "./events.ts";
import { functionPlan, type Ours } from "./ours.ts";
import { functionVariables } from "./variables.ts";
import type { Variant } from "./variant.ts";

/**
 * Starts each variant once on a local DynamoDB engine, and gives those that wrote their item. The others
 * are named, and not timed: whoever does nothing is quick.
 */
export async function variantsThatWork(
  variants: readonly Variant[],
  ours: Ours,
  workDirectory: string,
): Promise<Variant[]> {
  const engine = await startEngine({ dataDirectory: undefined }, {});
  try {
    for (const table of ours.plan.tables) await ensureTable(engine.endpoint, table);
    const variables = functionVariables(ours.plan, functionPlan(ours, "create"), engine);
    const working: Variant[] = [];
    for (const variant of variants) {
      const name = `written by ${variant.name}`;
      const file = eventFile(workDirectory, "check", createEvent(name));
      try {
        await boot(variant, { variables, eventFile: file });
        if (variant.writes) await expectItem(engine.endpoint, variables.DYNAMODB_TABLE, name);
        working.push(variant);
      } catch (error) {
        print(`${variant.name}: not timed. ${(error as Error).message}\n`);
      }
    }
    return working;
  } finally {
    await engine.stop();
  }
}

async function expectItem(endpoint: string, table: string | undefined, name: string) {
  const { Count } = await tableApi<{ Count: number }>(endpoint, "Scan", {
    TableName: table,
    ConsistentRead: true,
    FilterExpression: "#name = :name",
    ExpressionAttributeNames: { "#name": "name" },
    ExpressionAttributeValues: { ":name": { S: name } },
  });
  if (Count === 0) throw new Error("It answered 201, and wrote no item.");
}
