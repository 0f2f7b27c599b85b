/**
 * Stands between a program and the emulator, and lets regions be lost: calls that are signed for one get no answer,
 * the connection ends. Says of tables what the emulator does not know: the replicas that they have in other regions.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "../../src/dev/gateway/listen.ts";
import { notEnabledAnswer } from "./not-enabled.ts";

export interface RegionalProxy {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** The regions that nobody answers in. */
  readonly lost: Set<string>;
  /** The regions that the account has not enabled. */
  readonly notEnabled: Set<string>;
  stop(): Promise<void>;
}

/**
 * @param target the emulator's URL
 * @param regions each table of one of them has a replica in the others
 * @param zones ids of hosted zones as a manifest says them, and as the emulator has made them
 */
export async function startRegionalProxy(
  target: string,
  regions: readonly string[],
  zones: Readonly<Record<string, string>> = {},
): Promise<RegionalProxy> {
  const lost = new Set<string>();
  const notEnabled = new Set<string>();
  const answer = async (message: IncomingMessage, response: ServerResponse) => {
    const region = regionOf(message);
    if (lost.has(region)) throw new Error(`${region} is lost.`);
    const body = await buffer(message);
    if (notEnabled.has(region)) {
      const { status, type, body } = notEnabledAnswer(message);
      response.writeHead(status, { "content-type": type }).end(body);
      return;
    }
    const answered = await forward(target, message, body, zones);
    const text = await buffer(answered);
    const { "content-length": _, ...headers } = answered.headers;
    const isTable = String(message.headers["x-amz-target"]).endsWith(".DescribeTable");
    const sent =
      isTable && answered.statusCode === 200 ? replicated(text.toString(), region, regions) : text;
    response.writeHead(answered.statusCode as number, headers).end(sent);
  };
  const server = createServer((message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  const { port, close } = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    lost,
    notEnabled,
    stop: close,
  };
}

/** The signature says it: the emulator has one address for all. */
function regionOf({ headers }: IncomingMessage): string {
  return /Credential=[^/]*\/\d+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
}

function replicated(text: string, region: string, regions: readonly string[]): string {
  const described = JSON.parse(text);
  const Replicas = regions
    .filter((one) => one !== region)
    .map((RegionName) => ({ RegionName, ReplicaStatus: "ACTIVE" }));
  return JSON.stringify({ ...described, Table: { ...described.Table, Replicas } });
}

function forward(
  target: string,
  { method, url = "", headers }: IncomingMessage,
  body: Buffer,
  zones: Readonly<Record<string, string>>,
): Promise<IncomingMessage> {
  const path = Object.entries(zones).reduce((at, [said, made]) => at.replace(said, made), url);
  return new Promise((resolve, reject) => {
    // What was sent in chunks is whole now.
    const { "transfer-encoding": _, expect: __, ...rest } = headers;
    const sent = { ...rest, "content-length": body.length };
    request(`${target}${path}`, { ...(method && { method }), headers: sent, agent: false }, resolve)
      .on("error", reject)
      .end(body);
  });
}
