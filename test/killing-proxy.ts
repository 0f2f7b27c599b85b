/**
 * Stands between a program and the emulator, says in AWS's words what is called, and lets happen at one
 * of the calls what happens to programs: they are killed, refused, cut off, or too late.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "../src/dev/gateway/listen.ts";
import { type AwsFailure, failureAnswer } from "./killing-proxy/aws-failure.ts";
import { type AwsRequest, callName } from "./killing-proxy/call-name.ts";
import { kill, type Victim } from "./killing-proxy/kill.ts";

/** What happens to a call. "Before": AWS never hears of it. "After": it is done, and nobody learns of it. */
export type Intervention =
  | "kill-before"
  | "kill-after"
  | "drop-before"
  | "drop-after"
  /** AWS hears of it when it is released. */
  | "hold"
  | { readonly fail: AwsFailure };

/** The n-th of all calls, or of those that are called so; counted from 1, as they arrive. */
export type Which = number | { readonly call: string | RegExp; readonly nth?: number };

export interface Arranged {
  /** Resolves with the call's name when it has arrived. */
  readonly happened: Promise<string>;
  /** Lets a call go on that is held. */
  release(): void;
}

export interface KillingProxy {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** What was called, in the order of arrival. */
  readonly calls: readonly string[];
  /** Whom `kill-before` and `kill-after` kill. Calls that it has sent after that one are lost with it. */
  kills(victim: Victim): void;
  /** Lets something happen to one call, once. The others are passed on. */
  arrange(which: Which, intervention: Intervention): Arranged;
  stop(): Promise<void>;
}

interface Arrangement {
  readonly which: Which;
  readonly intervention: Intervention;
  readonly arrived: (name: string) => void;
  readonly released: Promise<void>;
}

/** @param target the emulator's URL */
export async function startKillingProxy(target: string): Promise<KillingProxy> {
  const calls: string[] = [];
  const arrangements = new Set<Arrangement>();
  const releases: (() => void)[] = [];
  let victim: Victim | undefined;
  let killed = false;

  const die = (response: ServerResponse) => {
    if (victim === undefined) throw new Error("Nobody was named who is to be killed.");
    killed = true;
    kill(victim);
    response.destroy();
  };
  const answer = async (message: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "", headers } = message;
    const asked: AwsRequest = { method, target: url, headers, body: await buffer(message) };
    // Terraform may have been spared, and goes on.
    if (killed && !/terraform/i.test(headers["user-agent"] ?? "")) return response.destroy();
    const name = callName(asked);
    calls.push(name);
    const arrangement = [...arrangements].find(({ which }) => isMeant(which, calls));
    const what = arrangement?.intervention;
    if (arrangement !== undefined) arrangements.delete(arrangement);
    arrangement?.arrived(name);
    if (what === "kill-before") return die(response);
    if (what === "drop-before") return response.destroy();
    if (what === "hold") await arrangement?.released;
    if (typeof what === "object") {
      const { status, headers, body } = failureAnswer(asked, what.fail);
      return response.writeHead(status, headers).end(body);
    }
    const answered = await forward(target, asked);
    const body = await buffer(answered);
    if (what === "kill-after") return die(response);
    if (what === "drop-after") return response.destroy();
    response.writeHead(answered.statusCode as number, answered.headers).end(body);
  };
  const failures: unknown[] = [];
  const server = createServer((message, response) => {
    answer(message, response).catch((error) => {
      // Who was killed in the middle of a call has broken it off.
      if (!killed) failures.push(error);
      response.destroy();
    });
  });
  const { port, close } = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    kills(named) {
      victim = named;
      killed = false;
    },
    arrange(which, intervention) {
      let arrived: (name: string) => void = () => {};
      let release = () => {};
      const happened = new Promise<string>((resolve) => {
        arrived = resolve;
      });
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      releases.push(release);
      arrangements.add({ which, intervention, arrived, released });
      return { happened, release };
    },
    async stop() {
      for (const release of releases) release();
      await close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Whether it is the call that has arrived last. */
function isMeant(which: Which, calls: readonly string[]): boolean {
  if (typeof which === "number") return which === calls.length;
  const isCalled = (name: string) =>
    typeof which.call === "string" ? name === which.call : which.call.test(name);
  const last = calls.at(-1) as string;
  return isCalled(last) && calls.filter(isCalled).length === (which.nth ?? 1);
}

function forward(
  target: string,
  { method, target: path, headers, body }: AwsRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // What was sent in chunks is whole now.
    const { "transfer-encoding": _, expect: __, ...rest } = headers;
    const sent = { ...rest, "content-length": body.length };
    request(`${target}${path}`, { method, headers: sent, agent: false }, resolve)
      .on("error", reject)
      .end(body);
  });
}
