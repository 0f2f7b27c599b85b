/** Functions that do the worst they can: the server answers every request, and goes on without a restart. */
import { rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../../src/dev/gateway/listen.ts";
import { faultyFunction } from "../faulty-function.ts";
import { type Answer, folderOf, type Served, serve, serviceSource } from "../served-service.ts";

const killed = "Runtime exited with error: signal: killed";
const timedOut = "Task timed out after 1.00 seconds";

/** A fault, the function that has it, and what a developer is told; undefined where only the answer is bad. */
const atRequest: readonly [fault: string, key: string, told: string | undefined][] = [
  ["exit", "faulty", "Runtime exited with error: exit status 1"],
  ["kill-itself", "faulty", "Runtime exited with error"],
  ["kill-its-group", "faulty", "Runtime exited with error"],
  ["throw", "faulty", "a secret of the function"],
  ["fill-the-heap", "faulty", killed],
  ["fill-a-map", "faulty", killed],
  ["fill-a-large-array", "faulty", killed],
  ["fill-buffers", "faulty", killed],
  ["answer-7-mb", "faulty", "Function.ResponseSizeTooLarge"],
  ["answer-garbage", "faulty", undefined],
  ["answer-nothing", "faulty", undefined],
  ["throw-in-a-timer", "faulty", "outside of the request"],
  ["reject-aside", "faulty", "Runtime.UnhandledPromiseRejection"],
  ["never-answer", "faulty", "a Promise that was never settled"],
  ["destroy-a-call-to-the-table", "faulty", "socket hang up"],
  ["speak-no-http-to-the-table", "faulty", "the table has hung up"],
  ["loop", "impatient", timedOut],
  ["wait-for-ever", "impatient", timedOut],
  ["block-in-native-code", "impatient", timedOut],
  ["flood-stdout", "impatient", timedOut],
];

/** What a function's init phase does, by the function's key, until it is told to be well. */
const atInit: Readonly<Record<string, { readonly code: string; readonly told: string }>> = {
  initThrows: {
    code: 'throw new Error("a secret of the module")',
    told: "a secret of the module",
  },
  initMisspelled: { code: 'new Function("((")', told: "SyntaxError" },
  initMisses: { code: 'await import(String("no-such-package"))', told: "no-such-package" },
  initExits: { code: "process.exit(3)", told: "Runtime exited with error: exit status 3" },
  initHangs: { code: "await new Promise(() => setInterval(() => {}, 1_000))", told: timedOut },
};

function initialising(key: string, switchboard: string): string {
  return `
    const answer = await fetch("${switchboard}/${key}");
    if (await answer.text() !== "well") ${atInit[key]?.code};
    export const handler = async () => ({ statusCode: 200, body: "well" });`;
}

/** Beside the function that a fault is about, there is one with nothing wrong. */
const calm = `
  export const handler = async (event) => {
    const { milliseconds = 0 } = event.queryStringParameters ?? {};
    await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
    return { statusCode: 200, body: "well" };
  };`;

class Faults {
  readonly #isolation: "thread" | "process";
  readonly #well = new Set<string>();
  #switchboard: Listening | undefined;
  #directory = "";
  #served: Served | undefined;
  #hanging: Promise<Answer> | undefined;

  constructor(isolation: "thread" | "process") {
    this.#isolation = isolation;
  }

  get served(): Served {
    if (this.#served === undefined) throw new Error("It is not served yet.");
    return this.#served;
  }

  /** An answer that takes the whole ten seconds of an init phase: the other tests run meanwhile. */
  get hanging(): Promise<Answer> | undefined {
    return this.#hanging;
  }

  async start(): Promise<void> {
    this.#switchboard = await listen(
      createServer((request, response: ServerResponse) => {
        response.end(this.#well.has(request.url?.slice(1) ?? "") ? "well" : "ill");
      }),
      0,
    );
    const url = `http://127.0.0.1:${this.#switchboard.port}`;
    const keys = Object.keys(atInit);
    // What other tests take meanwhile is measured too: see memory-watch.ts.
    const roomy = { timeoutSeconds: 1, memoryMb: 4096 };
    const initFunctions = keys.map((key) => [
      key,
      { routes: [`GET /${key}`], auth: "none", ...roomy },
    ]);
    this.#directory = await folderOf({
      "faulty.ts": faultyFunction,
      "calm.ts": calm,
      ...Object.fromEntries(keys.map((key) => [`${key}.ts`, initialising(key, url)])),
      "service.ts": serviceSource({
        faulty: { routes: ["GET /faulty"], auth: "none", memoryMb: 128 },
        impatient: {
          entry: "faulty.ts",
          routes: ["GET /impatient"],
          auth: "none",
          timeoutSeconds: 1,
          memoryMb: 1024,
        },
        calm: { routes: ["GET /calm"], auth: "none" },
        ...Object.fromEntries(initFunctions),
      }),
    });
    const isolation = this.#isolation;
    this.#served = await serve(this.#directory, { isolation, notEmulated: ["runtime"] });
    this.#hanging = this.#served.ask("GET /initHangs");
  }

  /** From now on this function initialises as it should. */
  heal(key: string): void {
    this.#well.add(key);
  }

  async stop(): Promise<void> {
    await this.#served?.stop();
    await this.#switchboard?.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

const both = { thread: new Faults("thread"), process: new Faults("process") };
const timeout = 60_000;
beforeAll(() => Promise.all([both.thread.start(), both.process.start()]), timeout);
afterAll(() => Promise.all([both.thread.stop(), both.process.stop()]), timeout);

describe.each(["thread", "process"] as const)("in a %s", { timeout }, (isolation) => {
  const faults = both[isolation];

  /** The gateway's own words: nothing of what went wrong inside. */
  function expectFailure({ status, headers, text }: Answer) {
    expect([status, text]).toEqual([502, '{"message": "Internal server error"}']);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("x-amzn-ErrorType")).toBe("InternalServerErrorException");
  }

  async function expectWell(...keys: string[]) {
    for (const key of keys) {
      expect(await faults.served.ask(`GET /${key}`)).toMatchObject({ status: 200, text: "well" });
    }
  }

  const told = (key: string) =>
    faults.served.of("failed").flatMap((event) => (event.function === key ? event.message : []));

  it.each(atRequest)("%s is a 502, and the next request is answered", async (fault, key, words) => {
    await expectWell(key);
    const before = told(key).length;
    expectFailure(await faults.served.ask(`GET /${key}?fault=${fault}`));
    const expected = words === undefined ? [] : [expect.stringContaining(words)];
    expect(told(key).slice(before)).toEqual(expected);
    await expectWell("calm", key);
  });

  it.each(["fill-the-heap", "fill-buffers"])(
    "%s takes no other function with it that was at work before",
    async (fault) => {
      const calm = faults.served.ask("GET /calm?milliseconds=2000");
      await faults.served.happened("environment-started", (event) => event.function === "calm");
      await new Promise((resolve) => setTimeout(resolve, 200));
      expectFailure(await faults.served.ask(`GET /faulty?fault=${fault}`));
      expect(await calm).toMatchObject({ status: 200, text: "well" });
    },
  );

  it.each(Object.entries(atInit))(
    "%s: a 502, and the next request is answered",
    async (key, { told: words }) => {
      const answer = key === "initHangs" ? faults.hanging : faults.served.ask(`GET /${key}`);
      expectFailure((await answer) as Answer);
      expect(told(key)).toEqual([expect.stringContaining(words)]);
      faults.heal(key);
      await expectWell("calm", key);
    },
  );
});
