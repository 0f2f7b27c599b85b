import { type Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { versionHeader } from "../../../src/emulator/live/traffic.ts";

/** What became of a request: an answer, or the reason why there is none. */
export interface Asked {
  readonly status: number | undefined;
  readonly body: string;
  /** Which version has answered; undefined where no function was asked. */
  readonly version: string | undefined;
  readonly milliseconds: number;
  readonly error: string | undefined;
}

/** Only what hangs may run into this, on whatever machine. */
const patienceMilliseconds = 120_000;

/**
 * Sends a request. A failure is no exception: it is what is looked for.
 *
 * @param token who it is. @default nobody
 */
export async function ask(
  agent: Agent,
  url: string,
  { method, body }: { readonly method: string; readonly body?: object | undefined },
  token?: string,
): Promise<Asked> {
  const started = performance.now();
  const since = () => performance.now() - started;
  try {
    const answer = await answered(agent, url, method, body, token);
    return {
      status: answer.statusCode,
      body: await text(answer),
      version: answer.headers[versionHeader] as string | undefined,
      milliseconds: since(),
      error: undefined,
    };
  } catch (error) {
    const nothing = { status: undefined, body: "", version: undefined };
    return { ...nothing, milliseconds: since(), error: String(error) };
  }
}

function answered(
  agent: Agent,
  url: string,
  method: string,
  body: object | undefined,
  token: string | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMilliseconds);
    const headers = {
      "Content-Type": "application/json",
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    };
    request(url, { agent, method, headers, signal }, resolve)
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
}
