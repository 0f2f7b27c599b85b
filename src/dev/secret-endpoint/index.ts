export {
  type SecretEndpoint,
  type SecretEndpointOptions,
  startSecretEndpoint,
} from "./endpoint.ts";
export { LocalSecrets } from "./local-secrets.ts";
export type { SecretEvent } from "./secret-event.ts";
