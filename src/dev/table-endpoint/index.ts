export type { AccessDenied, JudgeOf } from "./access.ts";
export { type CallerCredentials, Callers, ownerAccessKeyId } from "./callers.ts";
export { type Chaos, parseChaos } from "./chaos.ts";
export {
  startTableEndpoint,
  type TableEndpoint,
  type TableEndpointOptions,
} from "./endpoint.ts";
export { stillLacking } from "./still-lacking.ts";
export type { TableCall, TableEvent } from "./table-event.ts";
