import type { RoutePlan, ServicePlan } from "../../plan/index.ts";
import { canCall } from "../probes/can-call.ts";

/** Routes that belong together: one makes an item, the others read, change and delete it. */
export interface RoundTrip {
  /** The path that items are made under, such as `/v1.0/products`. */
  readonly collection: string;
  /** The parameter of an item's path, such as `productId`. */
  readonly parameter: string;
  readonly create: RoutePlan;
  readonly read: RoutePlan;
  readonly remove: RoutePlan;
  readonly update: RoutePlan | undefined;
  readonly list: RoutePlan | undefined;
}

/**
 * The sets of routes that an item can be taken through and be deleted again: `POST /a` with an example,
 * `GET /a/{id}` and `DELETE /a/{id}`. Below a parameter there is none: whose items they would be, nobody
 * has said.
 *
 * @param hasToken whether routes that ask for a token can be called
 */
export function deriveRoundTrips({ api }: ServicePlan, hasToken: boolean): RoundTrip[] {
  return api.routes.flatMap((create): RoundTrip[] => {
    const collection = create.path;
    const isStart = create.method === "POST" && !collection.includes("{");
    if (!isStart || create.example.body === null) return [];
    const [parameter] = api.routes.flatMap(({ path }) => parameterBelow(collection, path));
    const find = (method: string, path: string) =>
      api.routes.find((one) => one.method === method && one.path === path);
    const item = `${collection}/{${parameter}}`;
    const read = find("GET", item);
    const remove = find("DELETE", item);
    if (parameter === undefined || read === undefined || remove === undefined) return [];
    const update = [find("PUT", item), find("PATCH", item)].find((one) => one?.example.body);
    const list = find("GET", collection);
    const isOpen = [create, read, remove, update, list].every(
      (one) => one === undefined || canCall(one, hasToken),
    );
    return isOpen ? [{ collection, parameter, create, read, remove, update, list }] : [];
  });
}

/** `productId` of `/v1.0/products/{productId}`. */
function parameterBelow(collection: string, path: string): string[] {
  if (!path.startsWith(`${collection}/`)) return [];
  const [, name] = /^\{(\w+)\}$/.exec(path.slice(collection.length + 1)) ?? [];
  return name === undefined ? [] : [name];
}
