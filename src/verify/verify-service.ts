import { routeName } from "../names.ts";
import type { ServicePlan } from "../plan/index.ts";
import { contactService } from "./contact.ts";
import { Contract } from "./contract.ts";
import { everyAnswerChecks } from "./every-answer.ts";
import { createAsk } from "./http/ask.ts";
import { inParallel } from "./http/in-parallel.ts";
import { stopIfInterrupted } from "./interruption.ts";
import { observe } from "./observation.ts";
import { deriveProbes } from "./probes/derive-probes.ts";
import { allowedOrigin } from "./probes/origins.ts";
import { deriveRoundTrips } from "./round-trip/derive-round-trips.ts";
import { runRoundTrip } from "./round-trip/run-round-trip.ts";
import type { Check, Verification, VerifyOptions } from "./types.ts";
import { undoAccepted } from "./undo-accepted.ts";

/**
 * Holds what answers at a URL against what its plan says: each route's success and failures, CORS, and with
 * `roundTrip` the life of an item. What is not right is a check that has not passed, and no error.
 *
 * @throws {LambdakitError} VERIFY_UNREACHABLE, VERIFY_INTERRUPTED
 */
export async function verifyService(options: VerifyOptions): Promise<Verification> {
  const { plan, url, interrupted, patienceSeconds = 0, answerSeconds = 30, token } = options;
  const contract = new Contract(plan);
  const probes = deriveProbes(plan, contract.accepts, token !== undefined);
  const ask = createAsk({ url, origin: allowedOrigin(plan.api), answerSeconds, token });
  const atOnce = requestsAtOnce(plan);
  const trips = deriveRoundTrips(plan, token !== undefined);
  const checks: Check[] = [];
  const { onCheck } = options;
  const end = (): Verification => ({ url, passed: checks.every((one) => one.passed), checks });

  const contact = await contactService({
    plan,
    url,
    probes,
    ask,
    atOnce,
    patienceSeconds,
    interrupted,
  });
  checks.push(contact);
  onCheck(contact);
  if (!contact.passed) return end();

  const observations = await inParallel(probes, atOnce, async (probe) => {
    stopIfInterrupted(interrupted);
    const seen = await observe(probe, ask, contract, interrupted);
    stopIfInterrupted(interrupted);
    const observation = await undoAccepted(seen, trips, ask);
    onCheck(observation.check);
    return observation;
  });
  const routes = plan.api.routes.map(routeName);
  for (const route of routes) {
    const own = observations.filter(({ probe }) => probe.route === route);
    const about = own.length === 0 ? [] : everyAnswerChecks(route, own);
    for (const check of about) onCheck(check);
    checks.push(...own.map(({ check }) => check), ...about);
  }
  checks.push(
    ...observations
      .filter(({ probe }) => probe.route === null || !routes.includes(probe.route))
      .map(({ check }) => check),
  );

  for (const trip of options.roundTrip ? trips : []) {
    const made = await runRoundTrip({ trip, url, ask, contract, interrupted, onCheck });
    checks.push(...made.checks);
    stopIfInterrupted(interrupted, made.left);
  }
  return end();
}

/** More at once than a function or the API takes would be refused, and the service would not be to blame. */
function requestsAtOnce({ functions, api }: ServicePlan): number {
  const reserved = functions.flatMap(({ reservedConcurrency }) => reservedConcurrency ?? []);
  return Math.max(1, Math.min(8, api.throttling.burst, ...reserved));
}
