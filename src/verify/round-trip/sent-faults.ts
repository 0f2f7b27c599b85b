import { isDeepStrictEqual } from "node:util";
import { propertiesOf } from "../../manifest/index.ts";
import type { RoutePlan } from "../../plan/index.ts";
import { type Answer, excerpt, jsonOf } from "../http/answer.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The fields that were sent and are not in the answer, or not as they were sent. */
export function sentFaults(sent: Fields, answer: Answer): string[] {
  const fields = Object(jsonOf(answer)) as Fields;
  return Object.entries(sent)
    .filter(([name, value]) => !isDeepStrictEqual(fields[name], value))
    .map(([name, value]) => {
      const found = name in fields ? JSON.stringify(fields[name]) : "missing";
      return `${name} is ${excerpt(found)}, and ${excerpt(JSON.stringify(value))} was sent`;
    });
}

/** What an item has to have after a change. */
export function afterUpdate(created: Fields, update: RoutePlan): Fields {
  const changes = visible(update);
  return keepsTheRest(update) ? { ...created, ...changes } : changes;
}

/** A change that need not name any field leaves alone what it does not name; others may take the item's whole place. */
function keepsTheRest({ method, body }: RoutePlan): boolean {
  const fields = propertiesOf(body ?? {}) ?? [];
  return method === "PATCH" || fields.every(({ required }) => !required);
}

/** What the example sends of what the answer is stated to have: a password is never given back. */
export function visible({ example, responses }: RoutePlan): Fields {
  const answer = responses.find(({ status, body }) => status < 300 && body !== null);
  const names = (propertiesOf(answer?.body ?? {}) ?? []).map(({ name }) => name);
  const sent = Object.entries(Object(example.body) as Fields);
  return Object.fromEntries(sent.filter(([name]) => names.includes(name)));
}
