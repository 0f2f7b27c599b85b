import { existsSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type HostedChange, hosted } from "../../../test/hosted-function.ts";
import { threadIsolation } from "../../../test/thread-isolation.ts";
import type { StartEnvironment } from "./environment.ts";
import type { InvocationReport } from "./invocation.ts";

const thread = threadIsolation();
const host = (code: string, change?: HostedChange) => hosted(code, thread(), change);
/** With so much memory that what other tests take of this process meanwhile ends nothing. */
const limits = (timeoutSeconds: number) => ({ lambda: { timeoutSeconds, memoryMb: 4_096 } });

/** Times, sizes and ids stand for themselves. */
function plain(line: string, { requestId }: InvocationReport): string {
  return line
    .replaceAll(requestId, "<request>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replaceAll(/[\d.]+ (ms|MB)/g, "<n> $1");
}

const billed = "Duration: <n> ms\tBilled Duration: <n> ms";
const memory = "Memory Size: <n> MB\tMax Memory Used: <n> MB";
const reported = `REPORT RequestId: <request>\t${billed}\t${memory}`;
const initStart =
  "INIT_START Runtime Version: nodejs:24.local\tRuntime Version ARN: none on this machine";

describe("the report of an invocation", { timeout: 60_000 }, () => {
  it("has what the function and the platform wrote, and of the first one the init phase too", async () => {
    const { invoke, events } = await host(`
      console.log("init");
      export const handler = async () => console.log("handler");`);
    const results = [await invoke(), await invoke()];
    const lines = results.map((result) =>
      "report" in result ? result.report.log.lines.map((line) => plain(line, result.report)) : [],
    );
    expect(lines).toEqual([
      [
        initStart,
        "<time>\t-\tINFO\tinit",
        "START RequestId: <request> Version: $LATEST",
        "<time>\t<request>\tINFO\thandler",
        "END RequestId: <request>",
        `${reported}\tInit Duration: <n> ms`,
      ],
      [
        "START RequestId: <request> Version: $LATEST",
        "<time>\t<request>\tINFO\thandler",
        "END RequestId: <request>",
        reported,
      ],
    ]);
    const output = events.filter((event) => event.type === "output");
    expect(output.map(({ requestId }) => requestId !== undefined)).toEqual(
      output.map((_, index) => index >= 2),
    );
    expect(output.map(({ platform }) => platform)).toEqual(
      output.map(({ line }) => !line.includes("INFO")),
    );
  });

  it("has the facts of it: how long, how much, which environment, and of a cold start the init phase", async () => {
    const { invoke, events } = await host("export const handler = async () => 1;");
    const [cold, warm] = [await invoke(), await invoke()];
    if (!cold.ok || !warm.ok) throw new Error("It failed.");
    const { report } = cold;
    expect(report).toMatchObject({
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      environment: expect.stringContaining("[$LATEST]"),
      memoryMb: 256,
      initMilliseconds: expect.any(Number),
    });
    const { durationMilliseconds, initMilliseconds = 0 } = report;
    expect(report.billedMilliseconds).toBe(Math.ceil(durationMilliseconds + initMilliseconds));
    expect(report.maxMemoryUsedMb).toBeGreaterThan(1);
    expect(report.maxMemoryUsedMb).toBeLessThan(256);
    expect(warm.report).not.toHaveProperty("initMilliseconds");
    expect(warm.report.billedMilliseconds).toBe(Math.ceil(warm.report.durationMilliseconds));
    expect(warm.report.environment).toBe(report.environment);
    expect(warm.report.requestId).not.toBe(report.requestId);
    expect(events.filter(({ type }) => type === "invoked")).toEqual([
      { type: "invoked", function: "list", ok: true, report },
      { type: "invoked", function: "list", ok: true, report: warm.report },
    ]);
  });

  it("keeps the end of a long log", async () => {
    const { invoke } = await host(`export const handler = async () => {
      for (let n = 0; n < 10_000; n++) console.log("x".repeat(100), n);
    };`);
    const result = await invoke();
    if (!result.ok) throw new Error("It failed.");
    const { lines } = result.report.log;
    const size = lines.join("\n").length;
    expect(size).toBeGreaterThan(64 * 1024);
    expect(size).toBeLessThan(512 * 1024);
    expect(lines.at(-3)).toContain(" 9999");
    expect(lines.at(-1)).toMatch(/^REPORT/);
  });

  it("tells people of a failure", async () => {
    const { failure, events } = await host(`export const handler = async () => {
      throw new TypeError("wrong");
    };`);
    const { error } = await failure();
    const [told] = events.filter((event) => event.type === "failed");
    expect(told).toMatchObject({ function: "list", message: error.trace?.join("\n") });
    expect(told?.message).toMatch(/^TypeError: wrong\n +at handler/);
  });
});

describe("an invocation that takes too long", { timeout: 60_000 }, () => {
  it.each([
    ["waits", "await new Promise((done) => setTimeout(done, 60_000));"],
    ["loops", "for (;;);"],
    ["leaves its stream open", "stream.write('x');", "awslambda.streamifyResponse"],
  ])(
    "is ended at its timeout, and the next one gets a new environment: it %s",
    async (_, code, wrap = "") => {
      const { invoke, failure, lines } = await host(
        `export const handler = ${wrap}(async (event, stream) => {
        if (event.well) return stream.end?.("1");
        console.log("a last line");
        ${code}
      });`,
        limits(1),
      );
      const { error, ...rest } = await failure();
      const { report } = rest as { report: InvocationReport };
      expect(error).toEqual({
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${report.requestId} Error: Task timed out after 1.00 seconds`,
      });
      expect(lines().join()).toContain("a last line");
      expect(report.log.lines.slice(-4).map((line) => plain(line, report))).toEqual([
        "<time>\t<request>\tINFO\ta last line",
        "<time> <request> Task timed out after 1.00 seconds",
        "END RequestId: <request>",
        `${reported}\tInit Duration: <n> ms\tStatus: timeout`,
      ]);
      const next = await invoke({ well: true });
      expect("report" in next && next.report.environment).not.toBe(report.environment);
    },
  );

  it("counts down to its timeout", async () => {
    const { answer } = await host(
      "export const handler = async (event, context) => context.getRemainingTimeInMillis();",
      limits(7),
    );
    const remaining = await answer();
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(7000);
  });

  it("takes all the time that it wants while it is debugged, and nothing stands still", async () => {
    const debugged = await host(
      `export const handler = async (event) => {
        if (event.next) return;
        setTimeout(() => console.log("between two invocations"), 10);
        await new Promise((done) => setTimeout(done, 1200));
        setTimeout(() => console.log("after the answer"), 10);
      };`,
      { ...limits(1), debugging: true },
    );
    expect((await debugged.invoke()).ok).toBe(true);
    await debugged.written("after the answer");
    expect(await debugged.answer({ next: true })).toBeNull();
  });
});

describe("a failed init phase", { timeout: 60_000 }, () => {
  /** Fails the first times that it is loaded: `/tmp` outlives the second try. */
  const failing = (count: number, how: string) => `
    import { appendFileSync, readFileSync } from "node:fs";
    appendFileSync("/tmp/loads", "x");
    const loads = readFileSync("/tmp/loads", "utf8").length;
    if (loads <= ${count}) ${how};
    export const handler = async () => loads;`;

  it("is tried again by the first invocation, with the same log stream and /tmp", async () => {
    const { invoke, answer } = await host(failing(1, 'throw new RangeError("not yet")'));
    const result = await invoke();
    if (!result.ok) throw new Error(result.error.errorMessage);
    expect(result.payload).toBe("2");
    const { report } = result;
    expect(report).not.toHaveProperty("initMilliseconds");
    expect(report.log.lines.map((line) => plain(line, report))).toEqual([
      initStart,
      expect.stringMatching(/^<time>\t-\tERROR\tInit Error .*RangeError/),
      "INIT_REPORT Init Duration: <n> ms\tPhase: init\tStatus: error\tError Type: RangeError",
      "START RequestId: <request> Version: $LATEST",
      "END RequestId: <request>",
      reported,
    ]);
    expect(await answer()).toBe(2);
  });

  it("is the invocation's failure the second time, and the next invocation begins anew", async () => {
    const { failure, answer, events } = await host(failing(2, 'throw new RangeError("not yet")'));
    const { error, ...rest } = await failure();
    const { report } = rest as { report: InvocationReport };
    expect(error).toMatchObject({ errorType: "RangeError", errorMessage: "not yet" });
    expect(report.log.lines.slice(-3).map((line) => plain(line, report))).toEqual([
      "INIT_REPORT Init Duration: <n> ms\tPhase: invoke\tStatus: error\tError Type: RangeError",
      "END RequestId: <request>",
      `${reported}\tStatus: error\tError Type: RangeError`,
    ]);
    expect((await failure()).error).toMatchObject({ errorType: "RangeError" });
    expect(events.filter(({ type }) => type === "environment-started")).toHaveLength(2);
    await expect(answer()).rejects.toThrow("not yet");
  });

  it("that takes too long the second time is a timeout", async () => {
    const { failure } = await host(
      failing(2, 'if (loads === 2) for (;;); else throw new Error("not yet")'),
      limits(1),
    );
    expect((await failure()).error).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringContaining("Task timed out after 1.00 seconds"),
    });
  });

  it("fails for all that wait for it", async () => {
    const { invoke } = await host('throw new Error("broken");');
    const results = await Promise.all(Array.from({ length: 6 }, () => invoke()));
    expect(results.map(({ ok }) => ok)).toEqual(results.map(() => false));
  });

  it("is ended after 10 seconds, and the second try at the function's timeout", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { invoke, lines } = await host("for (;;);", limits(3));
    const settled = vi.fn();
    const result = invoke();
    void result.then(settled);
    vi.advanceTimersByTime(9_999);
    expect(lines(true).join()).not.toContain("INIT_REPORT");
    // Waits by advancing the time.
    await vi.waitFor(() => expect(settled).toHaveBeenCalled(), { timeout: 50_000, interval: 100 });
    expect(await result).toMatchObject({ error: { errorType: "Sandbox.Timedout" } });
    const reports = lines(true).filter((line) => line.startsWith("INIT_REPORT"));
    expect(reports.map((line) => line.split("\t").slice(1))).toEqual([
      ["Phase: init", "Status: timeout"],
      ["Phase: invoke", "Status: timeout"],
    ]);
  });
});

describe("an answer", { timeout: 60_000 }, () => {
  it("of more than 6 MB is a failure, and the environment lives on", async () => {
    const { answer, failure } = await host(`
      globalThis.calls = 0;
      export const handler = async (size) => (++globalThis.calls, "x".repeat(size));`);
    expect(await answer(6_291_554)).toHaveLength(6_291_554);
    expect((await failure(6_291_555)).error).toEqual({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
    expect(await answer(3)).toBe("xxx");
  });

  it("gets what the caller sent besides: its trace and its client context", async () => {
    const { host: asked } = await host(`export const handler = async (event, context) => ({
      trace: process.env._X_AMZN_TRACE_ID,
      client: context.clientContext,
    });`);
    const traceId = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0";
    const given = { payload: "{}", traceId, clientContext: { custom: { a: 1 } } };
    const [sent, own] = [await asked.invoke(given), await asked.invoke({ payload: "{}" })];
    if (!sent.ok || !own.ok) throw new Error("It failed.");
    expect(JSON.parse(sent.payload)).toEqual({ trace: traceId, client: { custom: { a: 1 } } });
    expect(JSON.parse(own.payload)).toEqual({
      trace: expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/),
    });
  });
});

describe("the folder that is /tmp", { timeout: 60_000 }, () => {
  it("is deleted where no environment could be started", async () => {
    let folder = "";
    const start: StartEnvironment = ({ temporaryDirectory }) => {
      folder = temporaryDirectory;
      throw new Error("There are no threads left.");
    };
    const { invoke } = await hosted("", { ...thread(), start });
    await expect(invoke()).rejects.toThrow("no threads left");
    expect(folder).not.toBe("");
    expect(existsSync(folder)).toBe(false);
  });

  it("is there as long as its environment, and deleted with it", async () => {
    const folders: string[] = [];
    const start: StartEnvironment = (options) => {
      folders.push(options.temporaryDirectory);
      return thread().start(options);
    };
    const { answer, host: used } = await hosted(
      "export const handler = async () => process.env.TMPDIR;",
      { ...thread(), start },
    );
    expect([await answer()]).toEqual(folders);
    expect(existsSync(folders[0] ?? "")).toBe(true);
    await used.stop();
    expect(existsSync(folders[0] ?? "")).toBe(false);
  });
});
