import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, Server } from "node:http";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../free-port.ts";
import { listen } from "./listen.ts";

/** Refuses to listen, as the system would. */
class RefusingServer extends Server {
  readonly #code: string;

  constructor(code: string) {
    super();
    this.#code = code;
  }

  override listen(): this {
    const error = Object.assign(new Error(`listen ${this.#code}`), { code: this.#code });
    queueMicrotask(() => this.emit("error", error));
    return this;
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/**
 * Nobody listens there any more. A program that another test starts at the same moment has this process's sockets
 * for as long as it is this process's copy, a few milliseconds: only then nobody has one.
 */
function closes(port: number): Promise<void> {
  return expect.poll(() => isOpen(port), { interval: 5, timeout: 2_000 }).toBe(false);
}

describe("a server", () => {
  it("listens on the port that was asked for, and on any where it is 0", async () => {
    const port = await freePort();
    const one = await listen(createServer(), port);
    const other = await listen(createServer(), 0);
    expect(one.port).toBe(port);
    expect(other.port).toBeGreaterThan(0);
    expect([await isOpen(one.port), await isOpen(other.port)]).toEqual([true, true]);
    await Promise.all([one.close(), other.close()]);
    await Promise.all([closes(one.port), closes(other.port)]);
  });

  it("answers on this machine only", async () => {
    const server = createServer();
    const { close } = await listen(server, 0);
    expect(server.address()).toMatchObject({ address: "127.0.0.1" });
    await close();
  });

  it("answers what is under way before it closes, and accepts nothing more", async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = createServer(async (_, response) => {
      arrived();
      await asked;
      response.end("done");
    });
    const { port, close } = await listen(server, 0);
    const response: Promise<IncomingMessage[]> = once(
      get({ host: "127.0.0.1", port, agent: false }),
      "response",
    );
    await arrival;
    const closed = close();
    await closes(port);
    answer();
    const [message] = await response;
    expect(message?.statusCode).toBe(200);
    message?.resume();
    await closed;
  });

  // Browsers open connections before they need them, and keep those that they have used.
  it("closes a connection that nobody has used yet", { timeout: 3_000 }, async () => {
    const { port, close } = await listen(createServer(), 0);
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    await close();
  });

  it("closes a connection that is kept, after its last answer", {
    timeout: 3_000,
  }, async () => {
    let closed: Promise<void> | undefined;
    const server = createServer((_, response) => {
      closed = close();
      response.end("done");
    });
    const { port, close } = await listen(server, 0);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const [response] = await once(get({ host: "127.0.0.1", port, agent }), "response");
    response.resume();
    await closed;
  });

  it("may be closed twice", async () => {
    const { close } = await listen(createServer(), 0);
    await close();
    await close();
  });

  it("names a port that is free where the one asked for is in use", async () => {
    const holder = await listen(createServer(), 0);
    const failure = await listen(createServer(), holder.port).catch((error) => error);
    expect(failure).toMatchObject({
      code: "DEV_PORT_IN_USE",
      message: `Port ${holder.port} is in use.`,
      fix: expect.stringMatching(/^lambdakit dev --port \d+$/),
      at: "--port",
    });
    const named = Number(failure.fix.split(" ").at(-1));
    expect(await isOpen(named)).toBe(false);
    await holder.close();
  });

  it("names a port that everybody may use where the one asked for needs more rights", async () => {
    const failure = await listen(new RefusingServer("EACCES"), 80).catch((error) => error);
    expect(failure).toMatchObject({
      code: "DEV_PORT_IN_USE",
      message: "Port 80 needs more rights than you have.",
    });
    expect(Number(failure.fix.split(" ").at(-1))).toBeGreaterThanOrEqual(1024);
  });

  it("fails as it fails where the port is not the reason", async () => {
    await expect(listen(new RefusingServer("EMFILE"), 0)).rejects.toMatchObject({ code: "EMFILE" });
  });
});
