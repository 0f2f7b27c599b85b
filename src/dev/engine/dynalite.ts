import type { AddressInfo } from "node:net";
import path from "node:path";
import dynalite from "dynalite";
import { type EngineOptions, lackedByAll, type TableEngine } from "./engine.ts";

/** Dynalite: DynamoDB in JavaScript, for machines that Dynoxide has no program for. */
export function startDynalite({ dataDirectory }: EngineOptions): Promise<TableEngine> {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(dataDirectory === undefined ? {} : { path: path.join(dataDirectory, "tables.level") }),
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        name: "dynalite",
        endpoint: `http://127.0.0.1:${port}`,
        lacks: [
          "transactions: a POST with an Idempotency-Key fails",
          "the old item of a failed condition: a stale If-Match answers 404 instead of 412",
          "setting a time to live",
          "streams and PartiQL",
          ...lackedByAll,
        ],
        ended: new Promise(() => {}),
        stop: () => new Promise<void>((done) => server.close(() => done())),
      });
    });
  });
}
