import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { signedFor } from "./aws-call.ts";
import { Emulator } from "./emulator.ts";
import type { ReplicatedTable } from "./replicas.ts";
import { Simulation } from "./simulate.ts";

export interface SimulatorOptions {
  /** The emulator's URL. */
  readonly emulator: string;
  /** Milliseconds since 1970. @default the clock of this machine */
  readonly now?: () => number;
  /** Changes of items that are kept of each table; older ones cannot be restored to any more. @default 1,000,000 */
  readonly mostChanges?: number;
  /** How far behind now the latest time is that can be restored to. @default 300, as on AWS */
  readonly behindSeconds?: number;
  /**
   * How long what was written is on its way to another region. @default 1,000, what AWS calls typical
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html (2026-11-27)
   */
  readonly replicaLagMilliseconds?: number;
  /** Tables that the emulator has in several regions, and that are replicas of each other. @default none but those that are made */
  readonly replicated?: readonly ReplicatedTable[];
}

export interface Simulator {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Tables of whose history something may be missing, and since when, in milliseconds since 1970. */
  inexact(): readonly { readonly table: string; readonly since: number }[];
  /** Nobody gets anywhere in these regions, until they are none again: connections break. */
  lose(regions: readonly string[]): void;
  /** Ends when restores have, and throws what these failed with. */
  stop(): Promise<void>;
}

/**
 * Stands in front of an emulator of AWS, and tells the truth where that does not: what a table held at an earlier
 * time, what is left of a deleted one, what its replicas in other regions hold, that a region is gone. Of an earlier
 * time it knows only what was written through it. It listens on this machine alone.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { now = Date.now, mostChanges = 1_000_000, behindSeconds = 300 } = options;
  const emulator = new Emulator(options.emulator);
  const { replicaLagMilliseconds = 1_000, replicated = [] } = options;
  const simulation = new Simulation(emulator, {
    now,
    mostChanges,
    behindSeconds,
    replicaLagMilliseconds,
    replicated,
  });
  let lost: readonly string[] = [];
  const server = createServer(async (message, response) => {
    try {
      const { method = "GET", url = "/", headers } = message;
      const body = await buffer(message);
      if (lost.includes(signedFor(headers)?.region ?? "")) return void response.destroy();
      const answer = await simulation.answer({ method, path: url, headers, body });
      const {
        "transfer-encoding": _chunks,
        connection: _connection,
        "keep-alive": _alive,
        ...rest
      } = answer.headers;
      const isEmpty = method === "HEAD";
      response.writeHead(answer.status, {
        ...rest,
        ...(!isEmpty && { "content-length": answer.body.length }),
      });
      response.end(answer.body);
    } catch {
      // The emulator is gone, or whoever has called.
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inexact: () =>
      simulation.tables.flatMap(({ name, inexactSince }) =>
        inexactSince === null ? [] : [{ table: name, since: inexactSince }],
      ),
    lose(regions) {
      lost = regions;
      simulation.lose(regions);
    },
    async stop() {
      await simulation.settle();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      emulator.stop();
    },
  };
}
