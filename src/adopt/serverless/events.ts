import { readCors } from "../cors.ts";
import { routeReason, routesOf } from "../http.ts";
import type { AdoptedCors, AdoptedJwt, AdoptedRoute } from "../model.ts";
import { eventReason } from "../reasons.ts";
import type { Ledger } from "../source/ledger.ts";
import { childOf, entriesOf, type Tree, textOf } from "../source/tree.ts";
import { readAuthorizer } from "./auth.ts";

export interface EventRoutes {
  readonly routes: readonly AdoptedRoute[];
  readonly jwt: AdoptedJwt | undefined;
  readonly cors: readonly StatedCors[];
}

/** What one event says of browsers: a service says it once. */
export interface StatedCors {
  readonly cors: AdoptedCors;
  readonly from: Tree;
}

const none: EventRoutes = { routes: [], jwt: undefined, cors: [] };

/** Reads one event: `http: GET items/{id}`, `httpApi: { method, path }`, and so on. What is no route is listed. */
export function readEvent(event: Tree, authorizers: Tree | undefined, ledger: Ledger): EventRoutes {
  const [entry] = entriesOf(event);
  const name = entry?.key ?? textOf(event) ?? "event";
  if (entry === undefined || (name !== "http" && name !== "httpApi")) {
    ledger.lose(event, eventReason(name), `event ${name}`);
    return none;
  }
  const stated = entry.value;
  const { method, path } = requestOf(stated, name);
  const { auth, jwt } = readAuthorizer(stated, authorizers, ledger);
  const routes =
    method === undefined || path === undefined ? undefined : routesOf(method, path, auth);
  if (routes === undefined) {
    const what = `event ${name}: ${method ?? "(unknown)"} ${path ?? "(unknown)"}`;
    ledger.lose(event, routeReason(method ?? ""), what);
    return none;
  }
  if (stated.kind === "scalar") ledger.carry(stated);
  ledger.carry(childOf(stated, "path"), childOf(stated, "method"));
  const integration = childOf(stated, "integration");
  if (/^(?:lambda[-_]proxy|aws_proxy)$/i.test(textOf(integration) ?? "")) ledger.carry(integration);
  if (name === "httpApi") {
    ledger.lose(
      childOf(stated, "path") ?? stated,
      {
        why: "the API is a REST API: events are of payload version 1.0",
        instead: "read event.httpMethod and event.path, or use httpHandler of lambdakit/runtime",
      },
      `event httpApi ${method} ${path}: payload version 2.0`,
    );
  }
  const from = childOf(stated, "cors");
  const cors = readCors(from, ledger);
  return { routes, jwt, cors: cors === undefined || from === undefined ? [] : [{ cors, from }] };
}

/** `GET items`, `*`, `{ method, path }` */
function requestOf(stated: Tree, name: string) {
  const text = textOf(stated)?.trim();
  if (text === undefined) {
    const path = textOf(childOf(stated, "path"));
    const method = textOf(childOf(stated, "method")) ?? (path === "*" ? "ANY" : undefined);
    return { method, path };
  }
  if (text === "*" || text === "$default") return { method: "ANY", path: "$default" };
  const [method, path] = text.split(/\s+/);
  return { method, path: path === "*" && name === "httpApi" ? "$default" : path };
}
