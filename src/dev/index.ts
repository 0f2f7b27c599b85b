/**
 * A service on this machine: no Docker, no account, no login.
 *
 * Takes a service's folder. Gives a running API on a real DynamoDB engine, with the functions in
 * execution environments of their own. Its one rule: it behaves as AWS does, or says that it does not.
 */

export { codeCompilers } from "./code-compiler.ts";
export { curlCommand } from "./curl.ts";
export type { DevEvent } from "./dev-event.ts";
export { type DevOptions, type DevServer, startDev } from "./dev-server.ts";
export { withoutFigures } from "./embedded-metrics.ts";
export {
  countItems,
  createTable,
  deleteTable,
  findDynoxide,
  startEngine,
  type TableEngine,
} from "./engine/index.ts";
export { nextFreePort } from "./free-port.ts";
export { type IncomingRequest, proxyEvent } from "./gateway/event.ts";
export { contextObject, newInvocationContext, newLogStreamName } from "./host/context.ts";
export { isRefusalLine } from "./host/refused-token.ts";
export { localToken, type TokenWish } from "./issuer/local-tokens.ts";
export { tokenCommand, usualPort } from "./issuer/token-command.ts";
export { maxPayloadBytes } from "./lambda-api/invoke.ts";
export { localPlan } from "./local-plan.ts";
export { tableAccess } from "./local-variables.ts";
export { runningPort } from "./lock.ts";
export { notEmulatedNames } from "./not-emulated.ts";
export { LocalSecrets } from "./secret-endpoint/index.ts";
export { type AccessDenied, type Chaos, type JudgeOf, parseChaos } from "./table-endpoint/index.ts";
