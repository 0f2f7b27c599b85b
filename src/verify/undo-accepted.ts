import { routeName } from "../names.ts";
import { NoAnswer } from "./http/answer.ts";
import type { Ask } from "./http/ask.ts";
import type { Observation } from "./observation.ts";
import type { RoundTrip } from "./round-trip/derive-round-trips.ts";
import { madeItem, removeRequest } from "./round-trip/item.ts";

/**
 * A service that is not right may take what it has to refuse. What was made by that is deleted again, and
 * the check says so.
 */
export async function undoAccepted(
  observation: Observation,
  trips: readonly RoundTrip[],
  ask: Ask,
): Promise<Observation> {
  const { probe, answer, check } = observation;
  const trip = trips.find(({ create }) => routeName(create) === probe.route);
  if (trip === undefined || answer === null || answer.status >= 300) return observation;
  const item = madeItem(trip, answer);
  if (item === undefined) return observation;
  const end = await ask(removeRequest(trip, item)).then(
    ({ status }) => (status < 300 ? "was deleted again" : `is left behind: DELETE is ${status}`),
    (error: unknown) => {
      if (error instanceof NoAnswer) return `is left behind: ${error.message}`;
      throw error;
    },
  );
  return {
    ...observation,
    check: { ...check, detail: `${check.detail}; what it has made, ${item.id}, ${end}` },
  };
}
