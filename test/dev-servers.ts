/** `lambdakit dev` in this process, for tests: folders that are served, and what the servers tell. */
import { rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { DevEvent } from "../src/dev/dev-event.ts";
import type { DevOptions, DevServer } from "../src/dev/dev-server.ts";
import { startDev } from "../src/dev/start-dev.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What a server has told, and what it will tell. */
export class Events {
  readonly all: DevEvent[] = [];
  #waiting: (() => void)[] = [];

  readonly onEvent = (event: DevEvent) => {
    this.all.push(event);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  of<Type extends DevEvent["type"]>(type: Type) {
    return this.all.filter((event): event is DevEvent & { type: Type } => event.type === type);
  }

  /** The first event of this type after the `known` first ones. */
  async next<Type extends DevEvent["type"]>(type: Type, known = 0) {
    for (;;) {
      const event = this.of(type)[known];
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

export type Options = Partial<Omit<DevOptions, "directory" | "onEvent">>;

/**
 * Serves a folder until the test ends: unless said otherwise in memory, on an engine of its own, because
 * tables have the same names everywhere, and without the compiler, which takes its time.
 */
export async function start(
  directory: string,
  options: Options = {},
): Promise<{ server: DevServer; events: Events }> {
  const events = new Events();
  const server = await startDev({
    directory,
    port: 0,
    memory: true,
    reset: false,
    sampleData: false,
    ownEngine: true,
    typeCheck: false,
    ...options,
    onEvent: events.onEvent,
  });
  onTestFinished(() => server.stop());
  return { server, events };
}

/** Saves a file in one step, as editors do, and waits for what comes of it. */
export async function save<Type extends "reloaded" | "not-reloaded">(
  events: Events,
  expected: Type,
  file: string,
  text: string,
) {
  const event = events.next(expected, events.of(expected).length);
  // A name that is not watched, so that it is one change and not two.
  const aside = path.join(path.dirname(file), "coverage");
  await writeFile(aside, text);
  await rename(aside, file);
  return event;
}

/** Without a connection that is kept, which a server that stops would wait for. */
export function get(url: string): Promise<Response> {
  return fetch(url, { headers: { Connection: "close" } });
}

/** A service that needs no packages, with one function and one table. */
export const greeterManifest = `
  import { defineService } from "lambdakit";
  const environment = {
    accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7,
  } as const;
  export default defineService({
    name: "greeter",
    prefix: "acme",
    description: "Greets",
    api: { cors: { allowOrigins: ["*"] } },
    tables: { guests: { partitionKey: "PK" } },
    functions: {
      greet: { description: "Greet", entry: "greet.ts", routes: ["GET /greeting"], auth: "none" },
    },
    environments: {
      dev: { ...environment, approval: "none" },
      sit: { ...environment, approval: "confirm" },
      prod: { ...environment, approval: "confirm-and-reason" },
    },
  });
`;

export const handlerSaying = (text: string) =>
  `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });`;

export function greeter(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return temporaryFolder({
    "service.ts": greeterManifest,
    "greet.ts": handlerSaying("hello"),
    ...files,
  });
}

/** What the greeter answers. */
export async function greeting(server: DevServer): Promise<string> {
  return (await get(`${server.url}/greeting`)).text();
}
