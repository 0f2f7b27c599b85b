/** One DynamoDB engine for the whole test run. */
export { startTestEngine as setup } from "../src/testing/index.ts";
