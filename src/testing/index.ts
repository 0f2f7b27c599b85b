/**
 * What a service's own tests need.
 *
 * Takes the service's manifest. Gives tables on a real DynamoDB engine, requests, and the answers of
 * handlers called as Lambda would call them. Its one rule: it knows no test runner, so it works with
 * all of them.
 */
export { apiDocument } from "./api-document.ts";
export { type ApiCall, apiEvent } from "./api-event.ts";
export { type ApiAnswer, callHandler, type Handler } from "./call-handler.ts";
export type { TestCaller } from "./caller.ts";
export { exampleRequest } from "./example-request.ts";
export { lambdaContext } from "./lambda-context.ts";
export { startLocalService } from "./local-service.ts";
export { createTables, type TestTables } from "./tables.ts";
export { startTestEngine } from "./test-engine.ts";
