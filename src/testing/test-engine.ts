import { startEngine } from "../dev/index.ts";

/**
 * Starts one DynamoDB engine for a whole test run, in memory, and makes it known to the processes and
 * threads that are started afterwards. Where `DYNAMODB_ENDPOINT` is set, that engine is used.
 *
 * @returns stops it
 * @example
 * // vitest.config.ts: { globalSetup: "tests/engine.ts" }; tests/engine.ts:
 * export { startTestEngine as setup } from "lambdakit/testing";
 */
export async function startTestEngine(): Promise<() => Promise<void>> {
  const before = process.env.DYNAMODB_ENDPOINT;
  const engine = await startEngine({ dataDirectory: undefined });
  process.env.DYNAMODB_ENDPOINT = engine.endpoint;
  return async () => {
    if (before === undefined) delete process.env.DYNAMODB_ENDPOINT;
    else process.env.DYNAMODB_ENDPOINT = before;
    await engine.stop();
  };
}
