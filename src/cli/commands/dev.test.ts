import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { dev } from "../../../test/dev-command.ts";
import { get, greeter } from "../../../test/dev-servers.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";

/** Ctrl-C that was pressed already: what was started stops as soon as it is ready. */
const pressed = AbortSignal.abort();

describe("lambdakit dev", () => {
  it("names the next free port where somebody listens on the one that was asked for", async () => {
    const service = await greeter();
    const port = await takenPort();
    const { exitCode, stdout, stderr, questions } = await lambdakit(
      ["dev", "--service", service, "--memory", "--port", String(port)],
      { interrupted: pressed },
    );
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      new RegExp(
        `^error DEV_PORT_IN_USE\n  at --port\n  Port ${port} is in use\\.\n  fix: lambdakit dev --port \\d+\n$`,
      ),
    );
    const next = Number(/--port (\d+)\n$/.exec(stderr)?.[1]);
    expect(next).toBeGreaterThan(port);
    expect(questions).toEqual([
      expect.stringMatching(`^Port ${port} is in use\\. Use \\d+ instead\\?$`),
    ]);
  });

  it("serves on the next free port where somebody says yes to it", async () => {
    const service = await greeter();
    const port = await takenPort();
    const { exitCode, stdout, stderr, questions } = await lambdakit(
      ["dev", "--service", service, "--memory", "--no-type-check", "--port", String(port)],
      { interrupted: pressed, answer: true },
    );
    expect(exitCode).toBe(0);
    const [, next] = /Use (\d+) instead\?$/.exec(questions[0] ?? "") ?? [];
    expect(stdout).toMatch(new RegExp(`^greeter on http://127\\.0\\.0\\.1:${next}\n`));
    expect(stdout).toContain(`curl http://127.0.0.1:${next}/greeting`);
    expect(stdout).toContain("in memory)");
    expect(stderr).toBe("Stopping.\n");
  });

  it("does not serve on another port where somebody says no to it", async () => {
    const service = await greeter();
    const { exitCode, stderr } = await lambdakit(
      ["dev", "--service", service, "--memory", "--port", String(await takenPort())],
      { interrupted: pressed, answer: false },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error DEV_PORT_IN_USE");
  });

  it("tells a program with --json where it serves, and then what happens, a line each", async () => {
    const { exitCode, stdout, stderr } = await dev(
      await greeter(),
      ["--json", "--no-type-check"],
      ({ url }) => get(`${url}/greeting`),
    );
    expect([exitCode, stderr]).toEqual([0, "Stopping.\n"]);
    const [ready, ...events] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(ready).toEqual({
      type: "ready",
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      routes: ["GET /greeting"],
      engine: { name: expect.any(String), endpoint: expect.any(String), lacks: expect.any(Array) },
      dataDirectory: null,
      notEmulated: expect.any(Array),
      inspector: null,
    });
    expect(events.find(({ type }) => type === "request")).toEqual({
      type: "request",
      access: {
        method: "GET",
        path: "/greeting",
        status: 200,
        milliseconds: expect.any(Number),
        initMilliseconds: expect.any(Number),
        requestId: expect.any(String),
        lambdaRequestId: expect.any(String),
        function: "greet",
      },
    });
    expect(events.find(({ type }) => type === "invoked")).toMatchObject({
      function: "greet",
      ok: true,
      report: expect.not.objectContaining({ lines: expect.anything() }),
    });
  });

  it("tells a person each request on stderr", async () => {
    const { stdout, stderr } = await dev(await greeter(), ["--no-type-check"], ({ url }) =>
      get(`${url}/nothing`),
    );
    expect(stdout).not.toContain("/nothing");
    expect(stderr).toMatch(/^GET {5}403 \/nothing {2}- \d+ ms\nStopping\.\n$/);
  });

  it("says only where it serves with --quiet", async () => {
    const service = await greeter();
    const { stdout, stderr } = await lambdakit(
      ["dev", "--service", service, "--memory", "--port", "0", "--quiet"],
      { interrupted: pressed },
    );
    expect(stdout).toMatch(/^greeter on http:/);
    expect(stderr).toBe("");
  });

  it("refuses a port that does not exist", async () => {
    const { exitCode, stderr } = await lambdakit(["dev", "--port", "65536"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain(
      "--port is 65536, and has to be from 0 to 65535.\n  fix: write --port 3000\n",
    );
  });

  it("says what is wrong with the service, and starts nothing", async () => {
    const service = await greeter({ "greet.ts": "export const handler = ;\n" });
    const { exitCode, stdout, stderr } = await lambdakit(
      ["dev", "--service", service, "--memory", "--port", "0"],
      { interrupted: pressed, answer: true },
    );
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("error BUNDLE_FAILED");
    expect(stderr).toContain("greet.ts:1:23");
  });
});

/** A port of this machine that somebody listens on until the test is over. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
