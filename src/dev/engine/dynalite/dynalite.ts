import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import dynalite from "dynalite";
import { type EngineOptions, lackedByAll, type TableEngine } from "../engine.ts";
import { createFront } from "./front.ts";

/** Dynalite: DynamoDB in JavaScript, for machines that Dynoxide has no program for. */
export async function startDynalite({ dataDirectory }: EngineOptions): Promise<TableEngine> {
  const engine = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(dataDirectory === undefined ? {} : { path: path.join(dataDirectory, "tables.level") }),
  });
  // The front ends idle connections; if both did, a request could meet one that is just ending.
  engine.keepAliveTimeout = 0;
  const front = createFront(await listen(engine));
  return {
    name: "dynalite",
    endpoint: await listen(front),
    lacks: [
      "transactions that a crash cannot cut in two: a part may stay",
      "conflicts between transactions: one waits for the other",
      "the limit of 4 MB and the consumed capacity of a transaction",
      "client request tokens that outlive the engine",
      "sizes in bytes: it counts characters, so pages (1 MB) and items (400 KB) can be larger",
      "setting a time to live",
      "streams and PartiQL",
      ...lackedByAll,
    ],
    ended: new Promise(() => {}),
    async stop() {
      await close(front);
      await close(engine);
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
