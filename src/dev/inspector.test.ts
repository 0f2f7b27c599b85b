import { createServer } from "node:http";
import inspector from "node:inspector";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "./free-port.ts";
import { listen } from "./gateway/listen.ts";
import { openInspector } from "./inspector.ts";

// What debuggers see of functions: test/integration/debugger.test.ts.
describe.skipIf(inspector.url() !== undefined)("the way in for debuggers", () => {
  it("is on any free port for 0, on this machine only, and is gone when closed", async () => {
    const { url, port, close } = await openInspector(0);
    onTestFinished(close);
    expect(url).toMatch(new RegExp(`^ws://127\\.0\\.0\\.1:${port}/[0-9a-f-]+$`));
    expect(port).toBeGreaterThan(0);
    const targets = await fetch(`http://127.0.0.1:${port}/json/list`);
    expect(await targets.json()).toMatchObject([{ webSocketDebuggerUrl: url }]);
    await close();
    expect(inspector.url()).toBeUndefined();
  });

  it("is on the port that was asked for", async () => {
    const wanted = await freePort();
    const { port, close } = await openInspector(wanted);
    onTestFinished(close);
    expect(port).toBe(wanted);
  });

  it("is refused on a port that is in use, and the next one is offered", async () => {
    const taken = await listen(createServer(), 0);
    onTestFinished(taken.close);
    await expect(openInspector(taken.port)).rejects.toMatchObject({
      code: "DEV_PORT_IN_USE",
      message: `Port ${taken.port}, for debuggers, is in use or needs more rights than you have.`,
      fix: expect.stringMatching(/^lambdakit dev --inspect \d+$/),
      at: "--inspect",
    });
    expect(inspector.url()).toBeUndefined();
  });

  it("is the one that an editor has opened already", async () => {
    inspector.open(0, "127.0.0.1");
    const url = inspector.url();
    const { close, ...opened } = await openInspector(9229);
    onTestFinished(close);
    expect(opened).toEqual({ url, port: Number(new URL(url ?? "").port) });
  });
});
