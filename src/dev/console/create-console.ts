import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServicePlan } from "../../plan/index.ts";
import { curlLine } from "../curl.ts";
import type { DevEvent } from "../dev-event.ts";
import type { Mount } from "../gateway/mount.ts";
import { type Asset, readAssets } from "./assets.ts";
import { ConsoleState } from "./console-state.ts";
import type { EnvironmentState } from "./function-figures.ts";
import { Refused, readJsonObject, sendJson } from "./json.ts";
import { LiveFeed } from "./live-feed.ts";
import { protection, refusal } from "./same-origin.ts";
import { createTableBrowser } from "./table-browser.ts";

export interface ConsoleOptions {
  /** The plan that is served now. */
  readonly plan: () => ServicePlan;
  /** The OpenAPI document of that plan; the forms are made from it. */
  readonly openApi: () => unknown;
  /** The environments that are alive now. */
  readonly environments: () => readonly EnvironmentState[];
  /** Where the tables can be reached with the owner's rights, such as `http://127.0.0.1:49152`. */
  readonly tableEndpoint: () => string;
  /** The table engine's name. */
  readonly engine: () => string;
  /** What AWS does and this machine does not, in words for a developer. */
  readonly notEmulated: () => readonly string[];
  /** A token with these scopes, for the page's own requests. */
  readonly token: (scopes: readonly string[]) => Promise<string>;
  /** What prints a token in a shell, for curl lines. */
  readonly tokenCommand: () => string;
  /** Epoch milliseconds: decides what is a figure of which moment. @default Date.now */
  readonly now?: () => number;
}

/** The page at `/_console`. */
export interface Console {
  readonly mount: Mount;
  /** Everything that happens goes through here; it costs next to nothing while nobody looks. */
  onEvent(event: DevEvent): void;
  /** Tells the open pages of another plan or engine; after a reload they are told anyway. */
  refresh(): void;
  /** Ends the open pages' connections. They come back by themselves when there is a server again. */
  close(): void;
}

const prefix = "/_console";

/** Shows what the local service does, and lets its tables and routes be tried: for one person, on this machine. */
export function createConsole(options: ConsoleOptions): Console {
  const state = new ConsoleState(options);
  const feed = new LiveFeed(state);
  const tables = createTableBrowser(options.plan, options.tableEndpoint);
  let closed = false;
  let assets: Promise<ReadonlyMap<string, Asset>> | undefined;
  const readOnce = () => {
    assets ??= readAssets();
    return assets;
  };

  const read: Readonly<Record<string, Answerer>> = {
    events: (_, response) => {
      if (closed) throw new Refused(503, "The service is ending.");
      feed.add(response);
    },
    openapi: (_, response) => sendJson(response, 200, options.openApi() ?? null),
    requests: (_, response, [id]) => {
      const detail = state.detail(Number(id));
      if (detail === undefined) throw new Refused(404, "This request is not kept any more.");
      sendJson(response, 200, detail);
    },
  };
  const write: Readonly<Record<string, Answerer>> = {
    clear: (_, response) => {
      state.clear();
      feed.touch();
      sendJson(response, 200, {});
    },
    curl: async (request, response) => {
      const line = curlOf(await readJsonObject(request), options.tokenCommand());
      sendJson(response, 200, { line });
    },
    token: async (request, response) => {
      const { scopes } = await readJsonObject(request);
      const isList = Array.isArray(scopes) && scopes.every((one) => typeof one === "string");
      if (!isList) throw new Refused(400, "A token needs a list of scopes.");
      sendJson(response, 200, { token: await options.token(scopes) });
    },
    page: async (request, response, [table = ""]) => {
      sendJson(response, 200, await tables.page(table, await readJsonObject(request)));
    },
    item: async (request, response, [table = ""]) => {
      sendJson(response, 200, await tables.write(table, await readJsonObject(request)));
    },
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(protection)) response.setHeader(name, value);
    const refused = refusal(request);
    if (refused !== undefined) throw new Refused(403, refused);
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const [first = "", second = "", ...rest] = pathname.slice(prefix.length + 1).split("/");
    const { method } = request;
    if (first !== "api") {
      if (method !== "GET") throw new Refused(405, "Files can only be read.");
      return sendAsset(request, response, (await readOnce()).get(first || "index.html"));
    }
    const actions = method === "GET" ? read : method === "POST" ? write : {};
    const action = Object.hasOwn(actions, second) ? actions[second] : undefined;
    if (action === undefined) throw new Refused(404, "There is nothing here.");
    await action(request, response, rest.map(decoded));
  };

  return {
    mount: {
      prefix,
      async handle(request, response) {
        try {
          await answer(request, response);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          // What was not read of the body would be taken for the next request.
          if (!request.complete) response.setHeader("Connection", "close");
          sendJson(response, error.status, { message: error.message, ...error.facts });
        }
      },
    },
    onEvent(event) {
      if (state.record(event, feed.isWatched)) feed.touch();
    },
    refresh() {
      state.serviceChanged();
      feed.touch();
    },
    close() {
      closed = true;
      feed.close();
    },
  };
}

type Answerer = (
  request: IncomingMessage,
  response: ServerResponse,
  rest: readonly string[],
) => void | Promise<void>;

function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  asset: Asset | undefined,
): void {
  if (asset === undefined) throw new Refused(404, "There is nothing here.");
  const { type, content, compressed, entityTag } = asset;
  response.setHeader("ETag", entityTag);
  // Asked for each time, and sent only when it has changed.
  response.setHeader("Cache-Control", "no-cache");
  if (request.headers["if-none-match"] === entityTag) {
    response.writeHead(304).end();
    return;
  }
  const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const body = takesGzip ? compressed : content;
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Length": body.length,
    Vary: "Accept-Encoding",
    ...(takesGzip && { "Content-Encoding": "gzip" }),
  });
  response.end(body);
}

function curlOf(
  { method, url, headers, body, scopes }: Readonly<Record<string, unknown>>,
  tokenCommand: string,
): string {
  if (typeof method !== "string" || typeof url !== "string" || !Array.isArray(headers)) {
    throw new Refused(400, "A curl line needs a method, a URL and a list of headers.");
  }
  return curlLine({
    method,
    url,
    headers: headers.map(([name, value]) => [String(name), String(value)]),
    ...(typeof body === "string" && { body }),
    ...(Array.isArray(scopes) && { tokenCommand }),
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refused(400, "The path is not percent-encoded properly.");
  }
}
