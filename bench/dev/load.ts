import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { peerDirectory } from "../peers.ts";

export interface Load {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no 2xx, and connections that failed. */
  readonly failures: number;
}

/** Asks again and again over a number of connections, from a process of its own. */
export async function load(
  url: string,
  amount: { readonly connections: number; readonly seconds?: number; readonly requests?: number },
): Promise<Load> {
  const bin = path.join(peerDirectory("autocannon"), "node_modules/.bin/autocannon");
  const length =
    amount.requests === undefined
      ? ["--duration", String(amount.seconds ?? 5)]
      : ["--amount", String(amount.requests)];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [bin, "--json", "--connections", String(amount.connections), ...length, url],
    { maxBuffer: 2 ** 26 },
  );
  const { requests, latency, non2xx, errors, timeouts, duration } = JSON.parse(stdout);
  return {
    requestsPerSecond: requests.total / duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failures: non2xx + errors + timeouts,
  };
}
