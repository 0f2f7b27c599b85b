/**
 * A service on this machine: no Docker, no account, no login.
 *
 * Takes a service's folder. Gives a running API on a real DynamoDB engine, with the functions in
 * execution environments of their own. Its one rule: it behaves as AWS does, or says that it does not.
 */

export { codeCompilers } from "./code-compiler.ts";
export { curlCommand } from "./curl.ts";
export type { DevEvent } from "./dev-event.ts";
export type { DevOptions, DevServer } from "./dev-server.ts";
export { withoutFigures } from "./embedded-metrics.ts";
export {
  countItems,
  createTable,
  deleteTable,
  ensureTable,
  findDynoxide,
  startEngine,
  type TableEngine,
} from "./engine/index.ts";
export { nextFreePort } from "./free-port.ts";
export { type IncomingRequest, proxyEvent } from "./gateway/event.ts";
export { createGateway } from "./gateway/gateway.ts";
export { listen } from "./gateway/listen.ts";
export { createRouter, type Router } from "./gateway/router.ts";
export { contextObject, newInvocationContext, newLogStreamName } from "./host/context.ts";
export type { Code, StartEnvironment } from "./host/environment.ts";
export { FunctionHost } from "./host/function-host.ts";
export type { HostEvent } from "./host/host-event.ts";
export type { InvocationRequest, InvocationResult } from "./host/invocation.ts";
export { findNode, nodeRuntime, processEnvironments } from "./host/process/index.ts";
export { isRefusalLine } from "./host/refused-token.ts";
export { issueToken, type TokenClaims } from "./issuer/issue-token.ts";
export { localToken, type TokenWish } from "./issuer/local-tokens.ts";
export { openSigningKey } from "./issuer/signing-key.ts";
export { tokenCommand, usualPort } from "./issuer/token-command.ts";
export { maxPayloadBytes } from "./lambda-api/invoke.ts";
export { localPlan } from "./local-plan.ts";
export { localVariables, tableAccess } from "./local-variables.ts";
export { runningPort } from "./lock.ts";
export { notEmulatedNames } from "./not-emulated.ts";
export { LocalSecrets } from "./secret-endpoint/index.ts";
export { startDev } from "./start-dev.ts";
export {
  type AccessDenied,
  type Chaos,
  type JudgeOf,
  parseChaos,
  startTableEndpoint,
  type TableEndpoint,
} from "./table-endpoint/index.ts";
