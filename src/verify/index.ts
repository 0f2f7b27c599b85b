/**
 * Whether a service does, at a URL, what its plan says.
 *
 * Takes a {@link ServicePlan} and a URL. Gives a {@link Verification}: checks that are derived from the
 * routes and their contracts, each with what came instead where it has not passed. Its one rule: nothing
 * is changed but by the round trip, and that cleans up after itself.
 */
export { deriveRoundTrips, type RoundTrip } from "./round-trip/derive-round-trips.ts";
export type { Check, Verification, VerifyOptions } from "./types.ts";
export { verifyService } from "./verify-service.ts";
