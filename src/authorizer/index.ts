/**
 * What ships inside a service's authorizer, the function that checks callers' tokens.
 *
 * Takes API Gateway's authorizer event of the kind `TOKEN`. Gives a policy over the service's routes, or
 * `Unauthorized`. Its one rule: it fails closed. What it does not understand, it refuses; what it cannot
 * check, it does not let through.
 *
 * `handler.ts` is the module that Lambda loads; nothing imports it.
 */
export { type Authorizer, type AuthorizerPorts, createAuthorizer } from "./authorize.ts";
export { createKeyStore, type KeyStore, type KeyStoreOptions } from "./key-store.ts";
export type { CallerPolicy } from "./policy.ts";
export type { Reason } from "./refusal.ts";
export { type AuthorizerSettings, readSettings } from "./settings.ts";
