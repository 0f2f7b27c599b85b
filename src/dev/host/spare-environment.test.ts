import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { functionPlan } from "../../../test/observe-runtime.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { threadIsolation } from "../../../test/thread-isolation.ts";
import type { Environment, Spare, SpareOptions, StartEnvironment } from "./environment.ts";
import { FunctionHost, type FunctionHostOptions } from "./function-host.ts";
import type { HostEvent } from "./host-event.ts";
import type { InvocationResult } from "./invocation.ts";
import { startThread } from "./thread-environment.ts";

const thread = threadIsolation();
const timeout = 60_000;

const fromPackage = (answer: string) => (packages: string) =>
  `
import { loadedIn } from "${packages}/words.mjs";
import { threadId } from "node:worker_threads";
console.log("init of ${answer}");
export const handler = async () => ({
  answer: "${answer}",
  isSameThread: loadedIn === threadId,
  stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  folder: process.env.TMPDIR,
});`;

/** A function with a package, of which a first version is served, and all that is started for it. */
async function prepared(
  words = "",
  change: Partial<FunctionHostOptions> = {},
): Promise<{
  host: FunctionHost;
  events: HostEvent[];
  started: string[];
  spares: { readonly options: SpareOptions; readonly spare: Spare }[];
  with(
    source: (packages: string) => string,
    change?: Partial<FunctionHostOptions>,
  ): Promise<FunctionHostOptions>;
  invoke(): Promise<InvocationResult>;
}> {
  const packages = await temporaryFolder({
    "words.mjs": `import { threadId } from "node:worker_threads"; ${words}; export const loadedIn = threadId;`,
  });
  const taskRoot = await temporaryFolder();

  const events: HostEvent[] = [];
  const started: string[] = [];
  const spares: { options: SpareOptions; spare: Spare }[] = [];
  const start: StartEnvironment = Object.assign(
    (options: Parameters<StartEnvironment>[0]): Environment => {
      started.push(options.name);
      return startThread(options);
    },
    {
      prepare(options: SpareOptions): Spare {
        const spare = startThread.prepare?.(options) as Spare;
        spares.push({ options, spare });
        return spare;
      },
    },
  );
  let versions = 0;
  const version = async (
    source: (packages: string) => string,
    other: Partial<FunctionHostOptions> = {},
  ): Promise<FunctionHostOptions> => {
    versions += 1;
    const module = path.join(taskRoot, `list-${versions}.mjs`);
    await writeFile(module, source(pathToFileURL(packages).href));
    const { environmentModule } = thread();
    return {
      lambda: functionPlan("nodejs24.x"),
      code: { taskRoot, handler: "index.handler", module, packages, environmentModule },
      variables: {},
      start,
      onEvent: (event) => void events.push(event),
      ...change,
      ...other,
    };
  };
  const host = new FunctionHost(await version(fromPackage("old")));
  onTestFinished(() => host.stop());
  const invoke = () => host.invoke({ payload: "{}" });
  return { host, events, started, spares, with: version, invoke };
}

async function isWaiting({ spares }: Awaited<ReturnType<typeof prepared>>): Promise<void> {
  await vi.waitFor(() => expect(spares.at(-1)?.spare.waiting).toBe(true), timeout);
}

function answerOf(result: InvocationResult) {
  if (!result.ok) throw new Error(result.error.errorMessage);
  return JSON.parse(result.payload);
}

describe("an environment that is prepared for the code after the next edit", { timeout }, () => {
  it("runs that code, under the name and with the folder that it was prepared with, as if it began then", async () => {
    const service = await prepared();
    const old = answerOf(await service.invoke());
    service.host.prepare();
    await isWaiting(service);
    const [{ options }] = service.spares as [(typeof service.spares)[0]];
    expect(service.events.filter(({ type }) => type === "environment-started")).toHaveLength(1);
    expect(service.host.environments).toHaveLength(1);

    service.host.replace(await service.with(fromPackage("new")));
    const result = await service.invoke();
    expect(answerOf(result)).toEqual({
      answer: "new",
      isSameThread: true,
      stream: options.name,
      folder: options.temporaryDirectory,
    });
    expect(old.stream).not.toBe(options.name);
    expect(service.started).toHaveLength(1);
    const { report } = result as InvocationResult & { ok: true };
    expect(report).toMatchObject({
      environment: options.name,
      initMilliseconds: expect.any(Number),
    });
    expect(report.log.lines.map((line) => line.replace(/^\d{4}-.*INFO\t/, ""))).toEqual([
      expect.stringMatching(/^INIT_START/),
      "init of new",
      expect.stringMatching(/^START/),
      expect.stringMatching(/^END/),
      expect.stringMatching(/^REPORT.*Init Duration/),
    ]);
  });

  it("is there once, however often it is asked for, and serves one edit", async () => {
    const service = await prepared();
    await service.invoke();
    service.host.prepare();
    service.host.prepare();
    await isWaiting(service);
    service.host.prepare();
    expect(service.spares).toHaveLength(1);
    service.host.replace(await service.with(fromPackage("second")));
    await service.invoke();
    service.host.replace(await service.with(fromPackage("third")));
    expect(answerOf(await service.invoke())).toMatchObject({ answer: "third" });
    expect(service.started).toHaveLength(2);
  });

  it.each([
    ["variables", { variables: { LOG_LEVEL: "DEBUG" } }],
    ["facts of the plan", { lambda: { ...functionPlan("nodejs24.x"), memoryMb: 512 } }],
  ])("is dropped where %s are not as they were", async (_, change) => {
    const service = await prepared();
    await service.invoke();
    service.host.prepare();
    await isWaiting(service);
    const [{ options, spare }] = service.spares as [(typeof service.spares)[0]];
    service.host.replace(await service.with(fromPackage("new"), change));
    const answer = answerOf(await service.invoke());
    expect(answer).toMatchObject({ answer: "new" });
    expect(answer.stream).not.toBe(options.name);
    expect(spare.waiting).toBe(false);
    await vi.waitFor(() => expect(existsSync(options.temporaryDirectory)).toBe(false));
  });

  it("is dropped where the code has other packages", async () => {
    const service = await prepared();
    await service.invoke();
    service.host.prepare();
    await isWaiting(service);
    const without = () => "export const handler = async () => 'without';";
    service.host.replace(await service.with(without));
    expect(answerOf(await service.invoke())).toBe("without");
    expect(service.started).toHaveLength(2);
  });

  it("tells of an init phase that fails, and tries it again, as always", async () => {
    const service = await prepared();
    await service.invoke();
    service.host.prepare();
    await isWaiting(service);
    const broken = () => `${fromPackage("broken")("PACKAGES")} throw new RangeError("not yet");`;
    service.host.replace(await service.with((url) => broken().replace("PACKAGES", url)));
    const result = await service.invoke();
    expect(result).toMatchObject({
      ok: false,
      error: { errorType: "RangeError", errorMessage: "not yet" },
    });
    const { report } = result as Extract<InvocationResult, { reason: "function" }>;
    const inits = report.log.lines.filter((line) => line.startsWith("INIT_REPORT"));
    expect(inits.map((line) => line.split("\t").slice(1))).toEqual([
      ["Phase: init", "Status: error", "Error Type: RangeError"],
      ["Phase: invoke", "Status: error", "Error Type: RangeError"],
    ]);
    expect(report.log.lines.filter((line) => line.endsWith("init of broken"))).toHaveLength(2);
    expect(service.started).toHaveLength(2);
  });

  it("is of no use where a package writes or is not there yet: what it writes is seen as always", async () => {
    for (const [words, isSeen] of [
      ['console.log("a package says hello")', true],
      [
        "if (process.env.NEVER === undefined) await new Promise((done) => setTimeout(done, 400))",
        false,
      ],
    ] as const) {
      const service = await prepared(words);
      await service.invoke();
      service.host.prepare();
      await new Promise((resolve) => setTimeout(resolve, isSeen ? 1_000 : 0));
      service.events.splice(0);
      service.host.prepare();
      expect(service.spares).toHaveLength(1);
      service.host.replace(await service.with(fromPackage("new")));
      expect(answerOf(await service.invoke())).toMatchObject({ answer: "new" });
      expect(service.started).toHaveLength(2);
      const lines = service.events.flatMap((event) =>
        event.type === "output" ? [event.line] : [],
      );
      expect(lines.some((line) => line.endsWith("a package says hello"))).toBe(isSeen);
    }
  });

  it("tells of a package that cannot be loaded as always", async () => {
    const service = await prepared('if (process.env.FAIL) throw new TypeError("a package fails")', {
      variables: { FAIL: "yes" },
    });
    expect(await service.invoke()).toMatchObject({ error: { errorMessage: "a package fails" } });
    service.host.prepare();
    await isWaiting(service);
    service.host.replace(await service.with(fromPackage("new")));
    expect(await service.invoke()).toMatchObject({
      ok: false,
      error: { errorType: "TypeError", errorMessage: "a package fails" },
    });
  });

  it("is not prepared for a debugger, nor after the end", async () => {
    const debugged = await prepared("", { debugging: true });
    debugged.host.prepare();
    expect(debugged.spares).toEqual([]);
    await debugged.host.stop();
    const stopped = await prepared();
    await stopped.host.stop();
    stopped.host.prepare();
    expect(stopped.spares).toEqual([]);
  });

  it("ends with its host, whether it waits or not, and leaves no folder", async () => {
    for (const waits of [true, false]) {
      const service = await prepared();
      service.host.prepare();
      if (waits) await isWaiting(service);
      await service.host.stop();
      const [{ options, spare }] = service.spares as [(typeof service.spares)[0]];
      expect(spare.waiting).toBe(false);
      expect(existsSync(options.temporaryDirectory)).toBe(false);
      expect(service.events).toEqual([]);
    }
  });

  it("is done without where there can be none", async () => {
    const start: StartEnvironment = Object.assign(
      (options: Parameters<StartEnvironment>[0]) => startThread(options),
      {
        prepare(): Spare {
          throw new Error("There are no threads left.");
        },
      },
    );
    const service = await prepared("", { start });
    expect(() => service.host.prepare()).not.toThrow();
    expect(answerOf(await service.invoke())).toMatchObject({ answer: "old" });
  });
});
