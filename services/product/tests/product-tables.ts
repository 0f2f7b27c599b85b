import { createTables, type TestTables } from "lambdakit/testing";
import { afterEach, beforeEach } from "vitest";
import service from "../service.ts";

/** Gives every test of a file empty tables of its own, and the environment that leads to them. */
export function useProductTables(): () => TestTables {
  let tables: TestTables;
  let before: NodeJS.ProcessEnv;
  beforeEach(async () => {
    before = { ...process.env };
    tables = await createTables(service);
    Object.assign(process.env, tables.variables);
  });
  afterEach(async () => {
    await tables.remove();
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) delete process.env[name];
    }
    Object.assign(process.env, before);
  });
  return () => tables;
}
