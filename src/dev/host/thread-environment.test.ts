import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type HostedChange, hosted } from "../../../test/hosted-function.ts";
import { functionPlan } from "../../../test/observe-runtime.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { threadIsolation } from "../../../test/thread-isolation.ts";
import type { EnvironmentOptions } from "./environment.ts";
import { startThread } from "./thread-environment.ts";

const thread = threadIsolation();
const host = (code: string, change?: HostedChange) => hosted(code, thread(), change);
const limits = (timeoutSeconds: number, memoryMb = 256) => ({
  lambda: { timeoutSeconds, memoryMb },
});

/** A thread without a supervisor. */
async function alone(code: string) {
  const lines: string[] = [];
  const ended = vi.fn();
  const taskRoot = await temporaryFolder({ "index-HASH.mjs": code });
  const options: EnvironmentOptions = {
    name: "2026/01/02/[$LATEST]abc",
    lambda: functionPlan("nodejs24.x"),
    code: {
      taskRoot,
      handler: "index.handler",
      module: path.join(taskRoot, "index-HASH.mjs"),
      environmentModule: thread().environmentModule,
    },
    variables: {},
    temporaryDirectory: await temporaryFolder(),
    freeze: true,
    onLine: (line) => void lines.push(line),
    onEnd: ended,
  };
  const environment = startThread(options);
  onTestFinished(() => environment.stop());
  return { environment, options, lines, ended };
}
const invocation = { requestId: "r-1", payload: "{}", deadline: 0, functionArn: "", traceId: "" };

const killed = expect.stringMatching(
  /^RequestId: [\da-f-]{36} Error: Runtime exited with error: signal: killed$/,
);

describe("an environment in a thread", { timeout: 60_000 }, () => {
  it("is ready, answers, and ends once", async () => {
    const { environment, options, ended } = await alone("export const handler = async () => 1;");
    expect(environment).toMatchObject({ name: options.name, code: options.code, usable: true });
    expect(await environment.ready).toEqual({ ok: true, milliseconds: expect.any(Number) });
    const outcome = await environment.invoke(invocation);
    expect(outcome).toEqual({ ok: true, payload: "1", memoryUsedMb: expect.any(Number) });
    expect(ended).not.toHaveBeenCalled();
    await Promise.all([environment.stop(), environment.stop()]);
    expect(environment.usable).toBe(false);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it("fails whoever asks it after its end", async () => {
    const { environment } = await alone("export const handler = async () => 1;");
    await environment.ready;
    await environment.stop();
    expect(await environment.invoke(invocation)).toEqual({
      ok: false,
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: r-1 Error: Runtime exited with error: signal: killed",
      },
    });
  });

  it.each([true, false])(
    "gets each invocation as it is, of whatever size and in whatever script (frozen: %s)",
    async (freeze) => {
      const { options } = await alone(`export const handler = async (event, context) => {
        const { awsRequestId, invokedFunctionArn, clientContext, xRayTraceId } = context;
        const remaining = context.getRemainingTimeInMillis();
        return { event, awsRequestId, invokedFunctionArn, clientContext, xRayTraceId, remaining };
      };`);
      const environment = startThread({ ...options, freeze });
      onTestFinished(() => environment.stop());
      await environment.ready;
      for (const text of [
        "",
        "a\n",
        "äß€😀",
        "x".repeat(30_000),
        "€".repeat(30_000),
        "\0",
        "last",
      ]) {
        const outcome = await environment.invoke({
          requestId: `r-${text.length}`,
          // People write JSON on several lines.
          payload: JSON.stringify({ text }, undefined, 2),
          deadline: Date.now() + 1_000_000,
          functionArn: "arn:of:it",
          traceId: "Root=1-2-3",
          clientContext: { custom: { "zwei\nZeilen": 1 } },
        });
        expect(JSON.parse(outcome.ok ? outcome.payload : outcome.error.errorMessage)).toEqual({
          event: { text },
          awsRequestId: `r-${text.length}`,
          invokedFunctionArn: "arn:of:it",
          clientContext: { custom: { "zwei\nZeilen": 1 } },
          xRayTraceId: "Root=1-2-3",
          remaining: expect.closeTo(1_000_000, -5),
        });
      }
    },
  );

  it("calls a handler by its name where its file is called otherwise", async () => {
    const { environment } = await alone("export const other = 1;");
    const error = { errorMessage: "index.handler is undefined or not exported" };
    expect(await environment.ready).toMatchObject({ ok: false, error });
  });

  it("shows what was thrown and not caught, also where it is no error", async () => {
    const { environment, lines } = await alone(
      "export const handler = () => new Promise(() => setTimeout(() => { throw 'a text'; }));",
    );
    await environment.ready;
    expect(await environment.invoke(invocation)).toMatchObject({
      error: { errorMessage: expect.stringContaining("exit status 1") },
    });
    expect(lines).toEqual(["Uncaught a text"]);
  });
});

describe("a thread between two invocations", { timeout: 60_000 }, () => {
  it.each(["nodejs22.x", "nodejs24.x"])(
    "stands still: its timers go on with the next invocation (%s)",
    async (runtime) => {
      const { answer, host: frozen } = await host(
        `let ticks = 0;
        export const handler = async (event) => {
          if (event.start) {
            setInterval(() => (ticks += 1), 1);
            return ticks;
          }
          return ticks;
        };`,
        { lambda: { runtime } },
      );
      await answer({ start: true });
      const other = await host("export const handler = async () => 1;");
      for (let n = 0; n < 50; n++) await other.answer();
      await new Promise((resolve) => setTimeout(resolve, 100));
      // A turn of the event loop may pass on the way into and out of the freeze, and no more.
      expect(await answer()).toBeLessThanOrEqual(3);
      await frozen.stop();
    },
  );

  it("can be ended while it stands still", async () => {
    const { answer, host: frozen, events } = await host("export const handler = async () => 1;");
    await answer();
    await frozen.stop();
    expect(events.at(-1)).toMatchObject({ type: "environment-ended" });
  });
});

describe("what a function writes", { timeout: 60_000 }, () => {
  it("is heard at once: just before an endless loop, before an exit, past process.stdout", async () => {
    const { failure, lines } = await host(
      `import { writeSync, write } from "node:fs";
      import { Console } from "node:console";
      export const handler = async (event) => {
        new Console(process.stdout).log("from a console of its own");
        writeSync(1, "to descriptor 1\\n");
        writeSync(2, Buffer.from("..to descriptor 2\\n.."), 2, 16);
        await new Promise((done) => write(1, "written\\n", done));
        await new Promise((done) => write(1, Buffer.from("as bytes\\n"), 0, 9, null, done));
        await new Promise((done) => process.stdout.write("with a callback\\n", done));
        process.stdout.write("c8be0a", "hex");
        process.stdout.write(Buffer.from([0xc5]));
        process.stdout.write(Buffer.from([0xbe, 0x0a]));
        process.stderr.write("the end");
        if (event.exit) process.exit(2);
        for (;;);
      };`,
      limits(1),
    );
    const written = [
      "from a console of its own",
      "to descriptor 1",
      "to descriptor 2",
      "written",
      "as bytes",
      "with a callback",
      "Ⱦ",
      "ž",
      "the end",
    ];
    await failure();
    expect(lines()).toEqual(written);
    expect((await failure({ exit: true })).error.errorMessage).toContain("exit status 2");
    expect(lines()).toEqual([...written, ...written]);
  });

  it("may be 100 MB, and whoever writes it waits until it was read", async () => {
    let characters = 0;
    const { invoke } = await host(
      `export const handler = async () => {
        const line = "x".repeat(1023) + "\\n";
        for (let n = 0; n < 100 * 1024; n++) process.stdout.write(line);
      };`,
      {
        onEvent: (event) => {
          if (event.type === "output") characters += event.line.length;
        },
      },
    );
    const result = await invoke();
    expect(result.ok).toBe(true);
    expect(characters).toBeGreaterThan(100 * 1024 * 1023);
  });

  it("is cut where a line never ends", async () => {
    const { answer, lines } = await host(`export const handler = async () => {
      for (let n = 0; n < 30; n++) process.stdout.write("x".repeat(100_000));
    };`);
    await answer();
    expect(lines().join("")).toHaveLength(3_000_000);
    expect(Math.max(...lines().map((line) => line.length))).toBeLessThan(1_300_000);
  });
});

describe("a function that uses more memory than it has", { timeout: 60_000 }, () => {
  it.each([
    ["on the heap", "const kept = []; for (;;) kept.push(new Array(1000).fill(0.5));"],
    ["in buffers", "const kept = []; for (;;) kept.push(Buffer.alloc(1_000_000, 1));"],
    [
      "in typed arrays, with pauses",
      "const kept = []; for (;;) { kept.push(new Uint8Array(1e6).fill(1)); await new Promise(setImmediate); }",
    ],
  ])("is killed: %s", async (_, code) => {
    const { answer, failure, lines } = await host(
      `export const handler = async (event) => { if (event.well) return 1; ${code} };`,
      limits(60, 128),
    );
    const result = await failure();
    expect(result.error).toEqual({ errorType: "Runtime.ExitError", errorMessage: killed });
    expect(result).toMatchObject({ report: { maxMemoryUsedMb: 128 } });
    expect(lines(true).at(-1)).toMatch(/Status: error\tError Type: Runtime\.ExitError$/);
    expect(await answer({ well: true })).toBe(1);
  });
});

describe("a function that meddles with its surroundings", { timeout: 60_000 }, () => {
  it.each([
    ["closes the port to its parent", "(await import('node:worker_threads')).parentPort.close();"],
    [
      "talks to its parent",
      "(await import('node:worker_threads')).parentPort.postMessage({ type: 'answer' });",
    ],
    [
      "looks for the port",
      "if ((await import('node:worker_threads')).workerData.port) throw new Error('found');",
    ],
    ["forbids to exit", "process.exit = () => { throw new Error('no'); };"],
    ["replaces JSON", "JSON.stringify = JSON.parse = () => 'mine';"],
    [
      "stops the time",
      "Date.now = () => 0; globalThis.setImmediate = globalThis.setTimeout = () => {};",
    ],
    [
      "replaces console and process.stdout.write",
      "globalThis.console = undefined; process.stdout.write = () => true;",
    ],
    ["takes all listeners off", "process.removeAllListeners();"],
    [
      "empties its variables",
      "for (const name of Object.keys(process.env)) delete process.env[name];",
    ],
  ])("is answered all the same: it %s", async (_, code) => {
    const { answer } = await host(`export const handler = async () => { ${code} return "well"; };`);
    expect([await answer(), await answer()]).toEqual(["well", "well"]);
  });

  it("shares no global with a request at the same time", async () => {
    const { invoke } = await host(`export const handler = async (event) => {
      globalThis.user = event.user;
      await new Promise((done) => setTimeout(done, 5));
      return globalThis.user === event.user;
    };`);
    const users = Array.from({ length: 40 }, (_, user) => invoke({ user }));
    const results = await Promise.all(users);
    expect(results.every((result) => result.ok && result.payload === "true")).toBe(true);
  });
});

describe("a function's files", { timeout: 60_000 }, () => {
  const files = `
    import fs, { promises, readFileSync, writeFileSync } from "node:fs";
    import os from "node:os";
    import path from "node:path";
    import { pipeline } from "node:stream/promises";
    import { fileURLToPath } from "node:url";
    import { promisify } from "node:util";
    const own = fileURLToPath(import.meta.url);
    const codeOf = async (action) => {
      try { await action(); return "done"; } catch ({ code, message }) { return code ?? message; }
    };`;

  it("below /tmp are its own: kept between its invocations, and seen by no other environment", async () => {
    const code = `${files}
      export const handler = async () => {
        const had = fs.existsSync("/tmp/mine");
        writeFileSync("/tmp/mine", "kept");
        return had;
      };`;
    const [one, other] = [await host(code), await host(code)];
    expect([await one.answer(), await one.answer()]).toEqual([false, true]);
    expect(await other.answer()).toBe(false);
  });

  it("below /tmp can be used by every part of node:fs, and are called as the function calls them", async () => {
    const { answer } = await host(`${files}
      export const handler = async () => {
        await promises.mkdir("/tmp/a/b", { recursive: true });
        await promises.writeFile(new URL("file:///tmp/a/one"), "1");
        await promisify(fs.copyFile)("/tmp/a/one", Buffer.from("/tmp/a/two"));
        fs.renameSync("/tmp/a/two", "/tmp/a/b/three");
        await pipeline(fs.createReadStream("/tmp/a/one"), fs.createWriteStream("/tmp/a/four"));
        const handle = await promises.open("/tmp/a/five", "w");
        await handle.writeFile("5");
        await handle.close();
        const seven = fs.openSync("/tmp/seven", "w");
        process.env.TMPDIR && fs.writeFileSync(path.join(os.tmpdir(), "six"), "6");
        return {
          list: fs.readdirSync("/tmp/a", { recursive: true }).sort(),
          three: readFileSync("/tmp/a/b/three", "utf8"),
          four: await promises.readFile("/tmp/a/four", "utf8"),
          six: readFileSync("/tmp/six", "utf8"),
          real: [fs.realpathSync("/tmp/a"), await promises.realpath("/tmp"), await promisify(fs.realpath)("/tmp/six")],
          made: [
            fs.mkdtempSync("/tmp/x-"),
            await promises.mkdtemp("/tmp/x-"),
            await promisify(fs.mkdtemp)("/tmp/"),
          ],
          root: fs.readdirSync("/tmp").includes("six"),
          native: [fs.realpathSync.native("/tmp/a"), await promisify(fs.realpath.native)("/tmp/a")],
          exists: [await promisify(fs.exists)("/tmp/six"), fs.existsSync("/tmp/none")],
          written: (await promisify(fs.write)(seven, "seven")).bytesWritten,
          missing: await codeOf(() => promises.stat("/tmp/none")),
        };
      };`);
    expect(await answer()).toEqual({
      list: ["b", "b/three", "five", "four", "one"],
      three: "1",
      four: "1",
      six: "6",
      real: ["/tmp/a", "/tmp", "/tmp/six"],
      made: [
        expect.stringMatching(/^\/tmp\/x-\w{6}$/),
        expect.stringMatching(/^\/tmp\/x-\w{6}$/),
        expect.stringMatching(/^\/tmp\/\w{6}$/),
      ],
      root: true,
      native: ["/tmp/a", "/tmp/a"],
      exists: [true, false],
      written: 5,
      missing: "ENOENT",
    });
  });

  it("elsewhere can be read, and not be changed", async () => {
    const { answer } = await host(`${files}
      export const handler = async () => ({
        read: readFileSync(own, "utf8").length > 0,
        opened: await codeOf(async () => (await promises.open(own, "r")).close()),
        device: await codeOf(() => writeFileSync("/dev/null", "x")),
        refused: await Promise.all([
          () => writeFileSync(own + ".new", ""),
          () => promises.writeFile(own, ""),
          () => promisify(fs.appendFile)(own, ""),
          () => fs.openSync(own, "r+"),
          () => fs.openSync(own, fs.constants.O_RDWR),
          () => promises.open("relative", "a"),
          () => fs.renameSync(own, "/tmp/stolen"),
          () => promises.rm(path.dirname(own), { recursive: true }),
          () => fs.mkdirSync("/made"),
        ].map(codeOf)),
        stream: await new Promise((done) => fs.createWriteStream(own).on("error", ({ code }) => done(code))),
      });`);
    const result = await answer();
    expect(result).toEqual({
      read: true,
      opened: "done",
      device: "done",
      refused: Array.from({ length: 9 }, () => "EROFS"),
      stream: "EROFS",
    });
  });
});

describe("an environment whose function leaves much garbage", { timeout: 60_000 }, () => {
  /** Answers what is in use when it is asked, then makes 20 MB that live for a while. */
  const wasteful = `
    import { getHeapStatistics } from "node:v8";
    export const handler = async () => {
      const usedMb = getHeapStatistics().used_heap_size / 2 ** 20;
      let list = [];
      for (let n = 0; n < 200_000; n++) list.push({ n, text: [n, n] });
      await new Promise(setImmediate);
      list = undefined;
      return { usedMb, gc: typeof gc };
    };`;

  it("stands still with a small heap where Node.js exposes its collector, which the function does not see", async () => {
    setFlagsFromString("--expose-gc");
    onTestFinished(() => setFlagsFromString("--no-expose-gc"));
    const { answer } = await host(wasteful);
    const first = (await answer()) as { usedMb: number };
    const second = (await answer()) as { usedMb: number };
    expect(second).toMatchObject({ gc: "undefined" });
    expect(second.usedMb).toBeLessThan(first.usedMb + 10);
  });

  it("answers all the same where it does not", async () => {
    const { answer } = await host(wasteful);
    await answer();
    expect(await answer()).toMatchObject({ gc: "undefined" });
  });
});
