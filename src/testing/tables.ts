import { randomUUID } from "node:crypto";
import { createTable, deleteTable, tableAccess } from "../dev/index.ts";
import { LambdakitError } from "../errors/index.ts";
import { environmentVariables } from "../names.ts";
import { routeAuthOf } from "./route-auth.ts";
import { type Service, testPlan } from "./test-plan.ts";

/** Empty tables of a service, for one test. */
export interface TestTables {
  /** Each table's name, by its key in the manifest. */
  readonly names: Readonly<Record<string, string>>;
  /** What the functions' environment has to be for them to find these tables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Deletes them. */
  remove(): Promise<void>;
}

/**
 * Creates a service's tables, empty and with names of their own, in a few milliseconds.
 *
 * @example
 * const tables = await createTables(service);
 * Object.assign(process.env, tables.variables);
 * @throws {LambdakitError} ENGINE_UNREACHABLE where no engine was started; see `startTestEngine`
 */
export async function createTables(service: Service): Promise<TestTables> {
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  if (endpoint === undefined) {
    throw new LambdakitError("ENGINE_UNREACHABLE", {
      message: "DYNAMODB_ENDPOINT is not set: no table engine was started for this test run.",
      fix: "call startTestEngine() in the test runner's global set-up",
    });
  }
  const { region, tables, functions } = testPlan(service);
  const suffix = randomUUID().slice(0, 8);
  const own = tables.map((table) => ({ ...table, name: `${table.name}-${suffix}` }));
  await Promise.all(own.map((table) => createTable(endpoint, table)));
  return {
    names: Object.fromEntries(own.map(({ key, name }) => [key, name])),
    variables: {
      ...tableAccess(region, endpoint),
      ...Object.assign({}, ...functions.map((lambda) => lambda.environmentVariables)),
      [environmentVariables.routeAuth]: routeAuthOf(functions),
      [environmentVariables.environment]: "local",
      // Tests call for failures on purpose; only those that nobody foresaw are worth reading.
      [environmentVariables.logLevel]: "ERROR",
      ...Object.fromEntries(own.map(({ variable, name }) => [variable, name])),
    },
    async remove() {
      await Promise.all(own.map(({ name }) => deleteTable(endpoint, name)));
    },
  };
}
