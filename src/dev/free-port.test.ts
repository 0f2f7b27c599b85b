import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { freePort, nextFreePort } from "./free-port.ts";

/** Listens on a port while `work` runs. */
async function occupied<Result>(port: number, work: () => Promise<Result>): Promise<Result> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  try {
    return await work();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("a free port", () => {
  it("can be listened on", async () => {
    const port = await freePort();
    expect(port).toBeGreaterThan(0);
    expect(await occupied(port, async () => "listening")).toBe("listening");
  });

  it("is the one asked for where nobody listens there", async () => {
    const port = await freePort();
    expect(await nextFreePort(port)).toBe(port);
  });

  it("is one further on where somebody listens there", async () => {
    const port = await freePort();
    const next = await occupied(port, () => nextFreePort(port));
    expect(next).toBeGreaterThan(port);
  });

  it("is any other where there is none further on", async () => {
    const port = await nextFreePort(65_536);
    expect(port).toBeGreaterThan(0);
    expect(port).toBeLessThan(65_536);
  });
});
