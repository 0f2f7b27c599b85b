import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { LambdakitError } from "../../errors/index.ts";
import { nextFreePort } from "../free-port.ts";

export interface Listening {
  readonly port: number;
  /** Answers what is under way, and accepts nothing more. */
  close(): Promise<void>;
}

/**
 * Listens on this machine only: nobody else on the network gets in.
 *
 * @throws {LambdakitError} DEV_PORT_IN_USE
 */
export async function listen(server: Server, port: number): Promise<Listening> {
  const connections = trackConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    const why = error.code === "EACCES" ? "needs more rights than you have" : "is in use";
    const free = await nextFreePort(Math.max(port, 1023) + 1);
    throw new LambdakitError("DEV_PORT_IN_USE", {
      message: `Port ${port} ${why}.`,
      fix: `lambdakit dev --port ${free}`,
      at: "--port",
      cause: error,
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        connections.endIdle();
      }),
  };
}

/** Browsers open connections ahead and keep them; nothing but a request under way may delay the end. */
function trackConnections(server: Server): { endIdle(): void } {
  const requests = new Map<Socket, number>();
  let ending = false;
  server.on("connection", (socket) => {
    requests.set(socket, 0);
    socket.once("close", () => requests.delete(socket));
  });
  // First, so that a request counts before it is answered.
  server.prependListener("request", ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.once("close", () => {
      const left = (requests.get(socket) ?? 1) - 1;
      if (requests.has(socket)) requests.set(socket, left);
      if (ending && left === 0) socket.end();
    });
  });
  return {
    endIdle() {
      ending = true;
      for (const [socket, count] of requests) if (count === 0) socket.destroy();
    },
  };
}
