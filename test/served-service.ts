/** A service of a test's own, as `lambdakit dev` serves it, with all that it tells. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type DevEvent, type DevOptions, type DevServer, startDev } from "../src/dev/index.ts";

export type Files = Readonly<Record<string, string>>;
export type ServeOptions = Partial<Omit<DevOptions, "directory" | "onEvent">>;
type EventOf<Type> = DevEvent & { readonly type: Type };

export interface Served {
  readonly server: DevServer;
  readonly url: string;
  /** What has happened so far. */
  of<Type extends DevEvent["type"]>(type: Type): EventOf<Type>[];
  /** Resolves as soon as something of this kind has happened. */
  happened<Type extends DevEvent["type"]>(
    type: Type,
    which?: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>>;
  /** Answers of the functions, without a connection that is kept. */
  ask(route: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Calls a function by the Lambda API, whether it has routes or not. */
  invoke(name: string, event: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look into answers of every form.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly json: any;
}

/** Serves a folder in memory, with an engine of its own, unless told otherwise. */
export async function serve(directory: string, options: ServeOptions = {}): Promise<Served> {
  const events: DevEvent[] = [];
  const waiting = new Set<() => void>();
  const server = await startDev({
    directory,
    port: 0,
    memory: true,
    ownEngine: true,
    reset: false,
    sampleData: false,
    typeCheck: false,
    ...options,
    onEvent: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
  });
  const { url } = server;
  return {
    server,
    url,
    of: <Type extends DevEvent["type"]>(type: Type) =>
      events.filter((event): event is EventOf<Type> => event.type === type),
    happened: <Type extends DevEvent["type"]>(
      type: Type,
      which: (event: EventOf<Type>) => boolean = () => true,
    ) =>
      new Promise<EventOf<Type>>((resolve) => {
        const look = () => {
          const found = events.find(
            (event): event is EventOf<Type> => event.type === type && which(event as EventOf<Type>),
          );
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    ask(route, body, headers) {
      const [method = "", path] = route.split(" ");
      return send(`${url}${path}`, method, body, headers);
    },
    invoke: (name, event) => send(`${url}/2015-03-31/functions/${name}/invocations`, "POST", event),
    stop: server.stop,
  };
}

/** Serves these files for all tests of a file or a `describe`. */
export function useService(files: Files, options?: ServeOptions): Served {
  let directory: string;
  let served: Served;
  beforeAll(async () => {
    directory = await folderOf(files);
    served = await serve(directory, options);
  }, 60_000);
  afterAll(async () => {
    await served?.stop();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);
  return {
    get server() {
      return served.server;
    },
    get url() {
      return served.url;
    },
    of: (type) => served.of(type),
    happened: (type, which) => served.happened(type, which),
    ask: (...asked) => served.ask(...asked),
    invoke: (name, event) => served.invoke(name, event),
    stop: () => served.stop(),
  };
}

/** A folder with these files. Whoever asks for it deletes it. */
export async function folderOf(files: Files, parent = tmpdir()): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await realpath(await mkdtemp(path.join(parent, "test-")));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

/** A `service.ts` of these functions; `more` is laid over its manifest. */
export function serviceSource(
  functions: Readonly<Record<string, object>>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const environment = {
    accountId: "123456789012",
    region: "eu-west-1",
    logLevel: "INFO",
    logRetentionDays: 7,
  };
  const manifest = {
    name: "trial",
    prefix: "acme",
    description: "On trial",
    api: { cors: { allowOrigins: ["*"] } },
    functions: Object.fromEntries(
      Object.entries(functions).map(([key, definition]) => [
        key,
        { description: key, entry: `${key}.ts`, ...definition },
      ]),
    ),
    environments: {
      dev: { ...environment, approval: "none" },
      sit: { ...environment, approval: "confirm" },
      prod: { ...environment, approval: "confirm-and-reason" },
    },
    ...more,
  };
  return `import { defineService } from "lambdakit";\nexport default defineService(${JSON.stringify(manifest)});`;
}

/** A connection that is kept would be waited for by a server that stops. */
async function send(
  url: string,
  method: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", Connection: "close", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
