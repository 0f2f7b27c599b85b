import { createServer } from "node:net";

const host = "127.0.0.1";

/** A port that nobody listens on, chosen by the system. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/** The first port from `start` on that nobody listens on. */
export async function nextFreePort(start: number): Promise<number> {
  for (let port = start; port < 65_536; port++) {
    try {
      return await listenOnce(port);
    } catch {
      // Taken; the next one may not be.
    }
  }
  return freePort();
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      const chosen = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(chosen));
    });
  });
}
