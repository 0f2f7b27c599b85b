import { routePath } from "../../plan/index.ts";
import { type Answer, jsonOf } from "../http/answer.ts";
import { exampleRequest } from "../probes/example-request.ts";
import type { ProbeRequest } from "../probes/probe.ts";
import type { RoundTrip } from "./derive-round-trips.ts";

/** An item that was made here, and has to go again. */
export interface Item {
  readonly id: string;
  /** Below the service's URL. */
  readonly path: string;
}

/** The item that an answer to `POST` tells of: by its `Location`, or by a field of its body that is called like the path's parameter. */
export function madeItem({ collection, parameter }: RoundTrip, answer: Answer): Item | undefined {
  const fields = Object(jsonOf(answer)) as Readonly<Record<string, unknown>>;
  const id = lastSegment(answer.headers.get("location")) ?? fields[parameter] ?? fields.id;
  if (typeof id !== "string" && typeof id !== "number") return undefined;
  return {
    id: String(id),
    path: routePath(`${collection}/{${parameter}}`, { [parameter]: String(id) }),
  };
}

/** Undefined where there is none, or it is no URL: what was made has to be found all the same. */
function lastSegment(location: string | null): string | undefined {
  const segment = location?.split(/[?#]/)[0]?.split("/").filter(Boolean).at(-1);
  try {
    return segment && decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** What is wrong with a `Location`: whoever follows it has to find the item. */
export function locationFaults(answer: Answer, { path }: Item, url: string): string[] {
  const location = answer.headers.get("location");
  if (location === null) return [];
  const wanted = `${new URL(url).pathname.replace(/\/$/, "")}${path}`;
  if (URL.canParse(location, url) && new URL(location, url).pathname === wanted) return [];
  return [`Location is ${location}, and the item is at ${wanted}`];
}

export function readRequest({ read, parameter }: RoundTrip, { id }: Item): ProbeRequest {
  return exampleRequest(read, { pathParameters: { [parameter]: id } });
}

export function removeRequest({ remove, parameter }: RoundTrip, { id }: Item): ProbeRequest {
  return exampleRequest(remove, { pathParameters: { [parameter]: id } });
}

/** Not there any more, or marked: what is left is not what was there before. */
export function isGone(now: Answer, before: string | null): boolean {
  if (now.status === 404 || now.status === 410) return true;
  return now.status === 200 && before !== null && now.text !== before;
}
