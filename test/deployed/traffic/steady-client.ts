import { Agent } from "node:http";
import { setTimeout } from "node:timers/promises";
import { ask } from "./ask.ts";
import { callsOfEveryRoute, ProductCalls } from "./product-calls.ts";
import { type Sent, type Summary, summarise } from "./summary.ts";

export interface SteadyClient {
  /** All that were answered, or failed, so far. */
  readonly sent: readonly Sent[];
  /** Of those that began since then. @param since epoch milliseconds. @default the beginning */
  summary(since?: number): Summary;
  /** Sends no more, and waits for the answers of what was sent. */
  stop(): Promise<Summary>;
}

export interface SteadyOptions {
  /** @default 50 */
  readonly requestsPerSecond?: number;
  /** What they write with. @default nothing, which is enough where nobody asks */
  readonly token?: string;
}

/**
 * Callers of the Product service, who do not know of each other: a request is sent whenever its time has
 * come, whether those before were answered or not. A service that stands still gets the same traffic, and
 * whoever waits for it counts.
 *
 * @param url up to the stage
 */
export async function steadyClient(
  url: string,
  { requestsPerSecond = 50, token }: SteadyOptions = {},
): Promise<SteadyClient> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const sent: Sent[] = [];
  const calls = new ProductCalls();
  const underWay = new Set<Promise<void>>();
  const send = () => {
    const call = calls.next();
    const at = Date.now();
    const who = call.method === "GET" ? undefined : token;
    const one = ask(agent, `${url}${call.path}`, call, who).then((answer) => {
      const { status, body, version, milliseconds, error } = answer;
      calls.answered(call, status, body);
      sent.push({ at, route: call.route, status, version, milliseconds, error });
    });
    underWay.add(one);
    void one.then(() => underWay.delete(one));
  };
  // One after the other: they make what the others ask for, and wait for cold starts, which 50 a second
  // would wait for together.
  for (let number = 0; number <= callsOfEveryRoute; number++) {
    send();
    await Promise.all(underWay);
  }
  const running = new AbortController();
  const sending = (async () => {
    const started = performance.now();
    for (let number = 1; !running.signal.aborted; number++) {
      const wait = started + (number * 1_000) / requestsPerSecond - performance.now();
      if (wait > 0) await setTimeout(wait, undefined, running).catch(() => {});
      if (!running.signal.aborted) send();
    }
  })();
  return {
    sent,
    summary: (since = 0) => summarise(sent.filter(({ at }) => at >= since)),
    async stop() {
      running.abort();
      await sending;
      await Promise.all(underWay);
      agent.destroy();
      return summarise(sent);
    },
  };
}
