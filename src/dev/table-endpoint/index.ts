export { type AccessDenied, AccessGate, type JudgeOf } from "./access.ts";
export { accessKeyOf, type CallerCredentials, Callers, ownerAccessKeyId } from "./callers.ts";
export { type Chaos, parseChaos } from "./chaos.ts";
export {
  startTableEndpoint,
  type TableEndpoint,
  type TableEndpointOptions,
} from "./endpoint.ts";
export { readBody } from "./read-body.ts";
export { stillLacking } from "./still-lacking.ts";
export type { TableCall, TableEvent } from "./table-event.ts";
