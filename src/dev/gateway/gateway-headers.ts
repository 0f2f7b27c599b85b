import { securityHeaders } from "../../names.ts";
import type { CorsPlan } from "../../plan/index.ts";
import type { Headers } from "./answer.ts";
import { gatewayCorsHeaders } from "./cors.ts";

/** On the answers that the gateway makes itself, as the deployed API's gateway responses have them. */
export function gatewayHeaders(cors: CorsPlan, origin: string | undefined): Headers {
  return [...Object.entries(securityHeaders), ...gatewayCorsHeaders(cors, origin)];
}
