import { randomBytes } from "node:crypto";
import { correlationHeader } from "../../names.ts";
import type { ProbeRequest } from "../probes/probe.ts";
import { type Answer, NoAnswer } from "./answer.ts";

/** Sends a request, once. What is not answered is not sent again: who calls the API would see the same. */
export type Ask = (request: ProbeRequest, signal?: AbortSignal) => Promise<Answer>;

export interface AskOptions {
  readonly url: string;
  /** The origin that every request comes from. */
  readonly origin: string;
  readonly answerSeconds: number;
  /** What goes along where a route asks for a token. @default nothing */
  readonly token?: string | undefined;
}

/** @throws {NoAnswer} of the function that it gives */
export function createAsk({ url, origin, answerSeconds, token }: AskOptions): Ask {
  const run = randomBytes(4).toString("hex");
  let count = 0;
  return async ({ method, path, headers, body, wantsToken }, signal) => {
    count += 1;
    const correlationId = `verify-${run}-${count}`;
    const startedAt = performance.now();
    const elapsed = () => Math.round(performance.now() - startedAt);
    const inTime = AbortSignal.timeout(answerSeconds * 1_000);
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          Origin: origin,
          "User-Agent": "lambdakit-verify",
          [correlationHeader]: correlationId,
          ...(wantsToken && token !== undefined && { Authorization: `Bearer ${token}` }),
          ...headers,
        },
        body,
        redirect: "manual",
        signal: signal === undefined ? inTime : AbortSignal.any([inTime, signal]),
      });
      const text = await response.text();
      const { status, headers: received } = response;
      return { status, headers: received, text, correlationId, milliseconds: elapsed() };
    } catch (error) {
      const why = inTime.aborted ? `no answer in ${answerSeconds} s` : reasonOf(error);
      throw new NoAnswer(why, elapsed(), error);
    }
  };
}

/** `fetch failed` says nothing; what it was is in its cause, and of several addresses in the first one's. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { readonly cause?: unknown };
  const [first = cause] = cause instanceof AggregateError ? cause.errors : [cause];
  // OpenSSL puts where in its own source it was around the words that mean something.
  const { reason } = Object(first) as { readonly reason?: unknown };
  if (typeof reason === "string") return reason;
  return first instanceof Error ? first.message : String(first);
}
