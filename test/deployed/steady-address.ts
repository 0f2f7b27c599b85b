/** One address for an API that is lost and made again: whoever asks meanwhile waits. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface SteadyAddress {
  /** In the place of what stands behind it. */
  readonly url: string;
  /** Nothing stands behind it until somebody leads it elsewhere. */
  hold(): void;
  lead(to: string): void;
  stop(): Promise<void>;
}

/** @param url up to the stage, which stays the same */
export async function openSteadyAddress(url: string): Promise<SteadyAddress> {
  let behind = Promise.resolve(url);
  let arrive: (to: string) => void = () => {};
  const server = createServer(async (asked, answer) => {
    const { host } = new URL(await behind);
    const { method, headers } = asked;
    const sent = request(`http://${host}${asked.url}`, { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    sent.on("error", () => answer.destroy());
    asked.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(url).pathname}`,
    hold() {
      behind = new Promise((resolve) => {
        arrive = resolve;
      });
    },
    lead: (to) => arrive(to),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
