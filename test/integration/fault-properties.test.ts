/** Any mixture of good and bad requests: each gets its own answer, and nothing is left in the end. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { dynoxideWith } from "../dynoxide-process.ts";
import { faultyFunction } from "../faulty-function.ts";
import { folderOf, type Served, serve, serviceSource } from "../served-service.ts";

const timeout = 120_000;

/** Keeps what it was asked in a global, and is in no hurry. */
const echo = `
  let current;
  export const handler = async (event) => {
    current = event.body;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    return { statusCode: 201, headers: { "X-Path": event.path }, body: current };
  };`;

const faults = [
  "exit",
  "throw",
  "answer-7-mb",
  "answer-garbage",
  "answer-nothing",
  "throw-in-a-timer",
  "reject-aside",
  "never-answer",
  "destroy-a-call-to-the-table",
  "speak-no-http-to-the-table",
] as const;

type Request =
  | { readonly kind: "well" | "echo" | "nowhere" | "wrong-method" | "preflight" | "hung-up" }
  | { readonly kind: "fault"; readonly fault: string };

const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "well" }) },
  { weight: 3, arbitrary: fc.constant({ kind: "echo" }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("fault"), fault: fc.constantFrom(...faults) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("nowhere", "wrong-method", "preflight", "hung-up"),
    }),
  },
);

/** What comes at the same time, one after the other. */
const requests = fc.array(fc.array(request, { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 4,
});

/** Each environment holds a connection to it for as long as it lives, whatever it is. */
class Lifelines {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => {
    this.opened += 1;
    this.#sockets.add(socket);
    socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
    socket.resume();
  });
  opened = 0;

  get open(): number {
    return this.#sockets.size;
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

let markers = 0;

/** Sends it, and holds the answer against what this very request has to get. */
async function check(served: Served, request: Request): Promise<string | null> {
  markers += 1;
  const marker = `marker-${markers}`;
  const text = (name: string, answer: { status: number; text: string }, ...expected: unknown[]) =>
    expect([name, answer.status, answer.text]).toEqual([name, ...expected]);
  switch (request.kind) {
    case "well": {
      const answer = await served.ask(`GET /faulty?marker=${marker}`);
      text("well", answer, 200, marker);
      return answer.headers.get("x-amzn-RequestId");
    }
    case "echo": {
      const answer = await served.ask(`POST /echo/${marker}`, marker);
      text("echo", answer, 201, marker);
      expect(answer.headers.get("X-Path")).toBe(`/echo/${marker}`);
      return answer.headers.get("x-amzn-RequestId");
    }
    case "fault": {
      const answer = await served.ask(`GET /faulty?fault=${request.fault}`);
      text(request.fault, answer, 502, '{"message": "Internal server error"}');
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
      return answer.headers.get("x-amzn-RequestId");
    }
    case "preflight": {
      const answer = await served.ask("OPTIONS /faulty");
      text("preflight", answer, 200, "");
      return answer.headers.get("x-amzn-RequestId");
    }
    case "hung-up":
      await fetch(`${served.url}/faulty`, { signal: AbortSignal.timeout(3) }).then(
        (answer) => answer.text(),
        () => {},
      );
      return null;
    default: {
      const asked = request.kind === "nowhere" ? `GET /${marker}` : "DELETE /faulty";
      const answer = await served.ask(asked);
      text(request.kind, answer, 403, '{"message":"Missing Authentication Token"}');
      return answer.headers.get("x-amzn-RequestId");
    }
  }
}

describe.each([
  ["thread", 40],
  ["process", 15],
] as const)("any mixture of requests to functions in a %s", { timeout }, (isolation, numRuns) => {
  it("gets an answer to each, its own, and leaves nothing behind", async () => {
    const lifelines = new Lifelines();
    const port = await lifelines.listen();
    onTestFinished(() => lifelines.close());
    const lifeline = `
      import { connect as connectLifeline } from "node:net";
      connectLifeline(${port}, "127.0.0.1").on("error", () => {}).unref();`;
    const table = `table-${randomUUID()}`;
    const directory = await folderOf({
      "service.ts": serviceSource(
        {
          faulty: { routes: ["GET /faulty"], auth: "none", memoryMb: 1024 },
          echo: {
            routes: ["POST /echo/{marker}"],
            auth: "none",
            memoryMb: 1024,
            example: { pathParameters: { marker: "marker" } },
          },
        },
        { tables: { any: { name: `${table}-{environment}`, partitionKey: "PK" } } },
      ),
      "faulty.ts": lifeline + faultyFunction,
      "echo.ts": lifeline + echo,
    });
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const served = await serve(directory, { isolation, notEmulated: ["runtime"] });
    onTestFinished(() => served.stop());

    await fc.assert(
      fc.asyncProperty(requests, async (batches) => {
        for (const batch of batches) {
          const before = served.of("request").length;
          const ids = await Promise.all(batch.map((one) => check(served, one)));
          const logged = served
            .of("request")
            .slice(before)
            .map(({ access }) => access.requestId);
          for (const id of ids) {
            if (id !== null) expect(logged.filter((one) => one === id)).toEqual([id]);
          }
        }
      }),
      { numRuns, interruptAfterTimeLimit: 12_000 },
    );
    expect(lifelines.opened).toBeGreaterThan(2);

    await served.stop();
    await vi.waitFor(() => expect(lifelines.open).toBe(0), 30_000);
    expect(served.of("environment-ended")).toHaveLength(served.of("environment-started").length);
    expect(await dynoxideWith(`${table}-dev`)).toBeUndefined();
    await expect(fetch(served.url)).rejects.toThrow("fetch failed");
  });
});
