/**
 * AWS's emulator as accounts, and what is deployed there, served.
 *
 * Takes a running emulator and the URL of a deployed API. Gives the service as it was read back through
 * AWS's own calls, and a gateway that answers with it. Its one rule: nothing here was planned, all of it was read.
 */
export { type Account, CallFailed, credentialVariables, enterAccount } from "./deployed/account.ts";
export { type DeployedService, readDeployed } from "./deployed/deployed-service.ts";
export { findDeployedUrl } from "./deployed/deployed-url.ts";
export { startPercentileProxy } from "./figures/percentile-proxy.ts";
export { type TrafficMetrics, trafficMetrics } from "./figures/traffic-metrics.ts";
export { keepProviders, type Providers } from "./keep-providers.ts";
export { type LiveDeployment, type LiveOptions, serveLive } from "./live/serve-live.ts";
export { type Traffic, versionHeader } from "./live/traffic.ts";
export { findMoto, getMoto, type Moto, startMoto } from "./start-moto.ts";
export { startIssuer, type TokenIssuer } from "./token-issuer.ts";
