import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Bundle, createBundler, ownModule } from "../../package/index.ts";
import type { FunctionPlan } from "../../plan/index.ts";
import { FunctionHost, type FunctionHostOptions } from "./function-host.ts";
import type { InvocationResult } from "./messages.ts";

/** The functions of these tests, by the name of their module. */
const functions = {
  echo: "export const handler = async (event) => ({ got: event });",
  synchronous: "export const handler = (event) => event.a + 1;",
  nothing: "export const handler = async () => {};",
  dates: "export const handler = async () => ({ at: new Date(0), none: undefined, not: NaN });",
  context: `
    export const handler = async (event, context) => ({
      ...context,
      remaining: context.getRemainingTimeInMillis(),
      removed: ["done", "fail", "succeed"].map((name) => {
        try { context[name](); } catch (error) { return error.message; }
      }),
    });`,
  counter: `
    import { randomUUID } from "node:crypto";
    const environment = randomUUID();
    globalThis.count = 0;
    export const handler = async () => {
      globalThis.count += 1;
      return { environment, count: globalThis.count };
    };`,
  busy: `
    import { randomUUID } from "node:crypto";
    const environment = randomUUID();
    let running = 0;
    export const handler = async () => {
      running += 1;
      const atATime = running;
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return { environment, atATime };
    };`,
  failing: `
    export const handler = async (event) => {
      switch (event.how) {
        case "error": throw new TypeError("not a function");
        case "text": throw "a text";
        case "object": throw { secret: 1 };
        case "nothing": throw undefined;
        case "rejection": return Promise.reject(new RangeError("too far"));
        case "exit": process.exit(3);
        case "loop": for (;;);
        case "silence": return new Promise(() => {});
        case "unhandled":
          Promise.reject(new Error("nobody listens"));
          return new Promise(() => {});
        case "late":
          setTimeout(() => { throw new Error("too late"); });
          return new Promise(() => {});
        case "late text":
          setTimeout(() => { throw "only a text"; });
          return new Promise(() => {});
        case "bigint": return { count: 1n };
        case "cycle": { const list = []; list.push(list); return list; }
        case "function": return () => 1;
        default: return "fine";
      }
    };`,
  unexported: "export const other = async () => {};",
  uncallable: "export const handler = { async call() {} };",
  broken: "const table = undefined; export const handler = table.name;",
  exiting: "process.exit(4); export const handler = 1;",
  variables: "export const handler = async () => ({ ...process.env });",
  talkative: `
    export const handler = async () => {
      console.log("one\\ntwo");
      process.stdout.write("thr");
      process.stdout.write("ee\\nfour, with ž");
      process.stdout.write("\\n");
      console.error("five");
      return "said";
    };`,
  unended: 'export const handler = () => void process.stderr.write("without an end");',
  held: `
    import { createServer } from "node:net";
    export const handler = (event) => new Promise((resolve) => {
      const server = createServer((socket) => { socket.destroy(); server.close(); resolve("old"); });
      server.listen(0, "127.0.0.1", () => console.log(String(server.address().port)));
    });`,
  leaving: `
    import { createServer } from "node:net";
    export const handler = () => new Promise((resolve) => {
      const server = createServer(() => process.exit(1));
      server.listen(0, "127.0.0.1", () => resolve(server.address().port));
    });`,
  newer: 'export const handler = async () => "new";',
} as const;

let directory: string;
let modules: Bundle["modules"];
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "lambdakit-host-"));
  const names = Object.keys(functions);
  for (const [name, code] of Object.entries(functions)) {
    await writeFile(path.join(directory, `${name}.mjs`), code);
  }
  const bundler = await createBundler({
    directory,
    outputDirectory: path.join(directory, "out"),
    entries: {
      ...Object.fromEntries(names.map((name) => [name, `${name}.mjs`])),
      _environment: ownModule("dev/host/environment-thread"),
    },
  });
  ({ modules } = await bundler.build());
  await bundler.dispose();
});
afterAll(() => rm(directory, { recursive: true }));

type FunctionName = keyof typeof functions;

interface Change {
  readonly timeoutSeconds?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

function optionsOf(
  name: FunctionName,
  lines: string[],
  { timeoutSeconds = 30, variables = {} }: Change = {},
): FunctionHostOptions {
  const lambda: FunctionPlan = {
    key: name,
    name: `acme-orders-${name}-dev`,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-${name}-dev`,
    description: "A function of a test",
    entry: `${name}.mjs`,
    runtime: "nodejs22.x",
    architecture: "arm64",
    memoryMb: 256,
    timeoutSeconds,
    reservedConcurrency: null,
    ephemeralStorageMb: 512,
    environmentVariables: {},
    logGroup: { name: `/aws/lambda/acme-orders-${name}-dev`, retentionDays: 7 },
    role: { name: `acme-orders-${name}-dev`, statements: [] },
    from: `functions.${name}`,
  };
  const code = {
    functionModule: modules[name] ?? "",
    environmentModule: modules._environment ?? "",
  };
  return { lambda, code, variables, onOutput: (line) => void lines.push(line) };
}

/** A function that is hosted until the test ends, and the lines that it writes. */
function host(name: FunctionName, change: Change = {}): { host: FunctionHost; lines: string[] } {
  const lines: string[] = [];
  const host = new FunctionHost(optionsOf(name, lines, change));
  onTestFinished(() => host.stop());
  return { host, lines };
}

async function answerOf(host: FunctionHost, event: unknown = {}) {
  const result = await host.invoke(JSON.stringify(event));
  if (!result.ok) throw new Error(result.error.errorMessage);
  return JSON.parse(result.payload);
}

async function errorOf(host: FunctionHost, event: unknown = {}) {
  const result = await host.invoke(JSON.stringify(event));
  if (result.ok) throw new Error(`It answered ${result.payload}.`);
  return result.error;
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

/** The port that an invocation of `held` waits on: knock, and it answers. */
async function heldPort(lines: readonly string[], count = 1): Promise<number> {
  await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(count));
  return Number(lines[count - 1]);
}

describe("a function", () => {
  it("gets the event and answers with what it returns, both as JSON", async () => {
    const event = { name: "Žluťoučký", list: [1, null, { a: true }] };
    expect(await answerOf(host("echo").host, event)).toEqual({ got: event });
  });

  it("may be synchronous", async () => {
    expect(await answerOf(host("synchronous").host, { a: 1 })).toBe(2);
  });

  it("answers null where it returns nothing, or what JSON does not have", async () => {
    expect(await host("nothing").host.invoke("{}")).toEqual({ ok: true, payload: "null" });
    expect(await answerOf(host("failing").host, { how: "function" })).toBeNull();
  });

  it("answers with what JSON makes of its result", async () => {
    expect(await answerOf(host("dates").host)).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      not: null,
    });
  });

  it("gets Lambda's context object", async () => {
    const { host: hosted } = host("context", { timeoutSeconds: 7 });
    const context = await answerOf(hosted);
    expect(context).toEqual({
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
      callbackWaitsForEmptyEventLoop: true,
      functionName: "acme-orders-context-dev",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-context-dev",
      logGroupName: "/aws/lambda/acme-orders-context-dev",
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/),
      memoryLimitInMB: "256",
      remaining: expect.any(Number),
      removed: ["done", "fail", "succeed"].map((name) => expect.stringContaining(name)),
    });
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(7_000);
    const next = await answerOf(hosted);
    expect(next.awsRequestId).not.toBe(context.awsRequestId);
    expect(next.logStreamName).toBe(context.logStreamName);
  });

  it("sees its own environment variables, and nothing of this machine's", async () => {
    const variables = { ENVIRONMENT: "local", DYNAMODB_TABLE: "orders" };
    expect(process.env.PATH).toBeDefined();
    expect(await answerOf(host("variables", { variables }).host)).toEqual({
      ...variables,
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringContaining("[$LATEST]"),
    });
  });

  it("has what it writes forwarded line by line", async () => {
    const { host: talkative, lines } = host("talkative");
    expect(await answerOf(talkative)).toBe("said");
    await vi.waitFor(() => expect(lines).toHaveLength(5));
    expect(lines.filter((line) => line !== "five")).toEqual([
      "one",
      "two",
      "three",
      "four, with ž",
    ]);
    expect(lines).toContain("five");
  });

  it("has its last line forwarded, also where that has no end", async () => {
    const { host: unended, lines } = host("unended");
    await unended.invoke("{}");
    await unended.stop();
    await vi.waitFor(() => expect(lines).toEqual(["without an end"]));
  });
});

describe("an execution environment", () => {
  it("keeps its globals from one invocation to the next", async () => {
    const { host: counter } = host("counter");
    const answers = [await answerOf(counter), await answerOf(counter), await answerOf(counter)];
    expect(answers.map(({ count }) => count)).toEqual([1, 2, 3]);
    expect(new Set(answers.map(({ environment }) => environment)).size).toBe(1);
  });

  it("shares its globals with no other, and not with us", async () => {
    const { host: counter } = host("counter");
    const answers = await Promise.all([answerOf(counter), answerOf(counter)]);
    expect(answers.map(({ count }) => count)).toEqual([1, 1]);
    expect(new Set(answers.map(({ environment }) => environment)).size).toBe(2);
    expect(globalThis).not.toHaveProperty("count");
  });

  it("serves one invocation at a time, and 20 at once are served by at most four", async () => {
    const { host: busy } = host("busy");
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerOf(busy)));
    expect(answers).toHaveLength(20);
    expect(new Set(answers.map(({ atATime }) => atATime))).toEqual(new Set([1]));
    expect(new Set(answers.map(({ environment }) => environment)).size).toBeLessThanOrEqual(4);
  });
});

describe("a function that fails", () => {
  it("gives the error's name, message and stack where it throws one", async () => {
    expect(await errorOf(host("failing").host, { how: "error" })).toEqual({
      errorType: "TypeError",
      errorMessage: "not a function",
      trace: expect.arrayContaining(["TypeError: not a function"]),
    });
  });

  it("shows the lines of its source in the stack", async () => {
    const { trace = [] } = await errorOf(host("failing").host, { how: "error" });
    expect(trace[1]).toMatch(/failing\.mjs:\d+:\d+/);
  });

  it.each([
    ["text", { errorType: "string", errorMessage: "a text", trace: [] }],
    ["object", { errorType: "object", errorMessage: "[object Object]", trace: [] }],
    ["nothing", { errorType: "undefined", errorMessage: "undefined", trace: [] }],
  ])("gives the type and the text of what is no error: %s", async (how, error) => {
    expect(await errorOf(host("failing").host, { how })).toEqual(error);
  });

  it("gives the error that a promise is rejected with", async () => {
    expect(await errorOf(host("failing").host, { how: "rejection" })).toMatchObject({
      errorType: "RangeError",
      errorMessage: "too far",
    });
  });

  it.each(["bigint", "cycle"])("fails where JSON cannot be made of its result: %s", async (how) => {
    expect(await errorOf(host("failing").host, { how })).toMatchObject({
      errorType: "Runtime.JSONStringifyError",
      errorMessage: "Unable to stringify response body",
    });
  });

  it("goes on in the same environment", async () => {
    const { host: failing } = host("failing");
    for (const how of ["error", "text", "rejection", "bigint"]) await errorOf(failing, { how });
    expect(await answerOf(failing)).toBe("fine");
  });
});

describe("a function that ends its environment", () => {
  const exited = (status: number) => ({
    errorType: "Runtime.ExitError",
    errorMessage: `Error: Runtime exited with error: exit status ${status}`,
  });

  it.each([
    ["exit", exited(3)],
    ["unhandled", exited(1)],
    ["late", exited(1)],
    ["late text", exited(1)],
  ])("fails, and the next invocation gets a new one: %s", async (how, error) => {
    const { host: failing } = host("failing");
    expect(await errorOf(failing, { how })).toMatchObject(error);
    expect(await answerOf(failing)).toBe("fine");
  });

  it.each([
    ["unhandled", "nobody listens"],
    ["late", "too late"],
  ])("tells why in its output: %s", async (how, why) => {
    const { host: failing, lines } = host("failing");
    await errorOf(failing, { how });
    await vi.waitFor(() => expect(lines.join("\n")).toContain(why));
  });

  it("tells why in its output, where what was thrown is no error", async () => {
    const { host: failing, lines } = host("failing");
    await errorOf(failing, { how: "late text" });
    await vi.waitFor(() => expect(lines).not.toEqual([]));
    expect(lines.join("\n")).toContain("only a text");
  });

  it.each(["loop", "silence"])(
    "is stopped when its time is up, and the next invocation gets a new one: %s",
    async (how) => {
      const { host: failing } = host("failing", { timeoutSeconds: 1 });
      expect(await answerOf(failing)).toBe("fine");
      expect(await errorOf(failing, { how })).toEqual({
        errorType: "Sandbox.Timedout",
        errorMessage: expect.stringMatching(
          /^RequestId: [\da-f-]{36} Error: Task timed out after 1\.00 seconds$/,
        ),
      });
      expect(await answerOf(failing)).toBe("fine");
    },
  );

  it("does no harm where it does so after it has answered", async () => {
    const { host: leaving } = host("leaving");
    const port = await answerOf(leaving);
    await isOpen(port);
    const next = await vi.waitFor(() => answerOf(leaving));
    expect(next).not.toBe(port);
    expect(await isOpen(next)).toBe(true);
  });

  it("does no harm to those that wait for a free one", async () => {
    const { host: failing } = host("failing");
    const hows = ["exit", "exit", "exit", "exit", "well", "exit", "well", "well"];
    const results = await Promise.all(hows.map((how) => failing.invoke(JSON.stringify({ how }))));
    expect(results.map(({ ok }) => ok)).toEqual(hows.map((how) => how === "well"));
  });
});

describe("a function that cannot be loaded", () => {
  it.each<[FunctionName, object]>([
    [
      "unexported",
      {
        errorType: "Runtime.HandlerNotFound",
        errorMessage: "handler is undefined or not exported",
      },
    ],
    [
      "uncallable",
      { errorType: "Runtime.HandlerNotFound", errorMessage: "handler is not a function" },
    ],
    ["broken", { errorType: "TypeError", errorMessage: expect.stringContaining("reading 'name'") }],
    [
      "exiting",
      {
        errorType: "Runtime.ExitError",
        errorMessage: "Error: Runtime exited with error: exit status 4",
      },
    ],
  ])("fails each time it is invoked, and says why: %s", async (name, error) => {
    const { host: unloadable } = host(name);
    expect(await errorOf(unloadable)).toMatchObject(error);
    expect(await errorOf(unloadable)).toMatchObject(error);
  });

  it("fails for all that wait for it", async () => {
    const { host: broken } = host("broken");
    const results = await Promise.all(Array.from({ length: 6 }, () => broken.invoke("{}")));
    expect(results.map(({ ok }) => ok)).toEqual(Array.from({ length: 6 }, () => false));
  });
});

describe("a function that is replaced", () => {
  it("answers with the new code from then on", async () => {
    const { host: hosted, lines } = host("echo");
    expect(await answerOf(hosted)).toEqual({ got: {} });
    hosted.replace(optionsOf("newer", lines));
    expect(await answerOf(hosted)).toBe("new");
  });

  it("answers with the new code where nobody had asked for the old", async () => {
    const { host: hosted, lines } = host("echo");
    hosted.replace(optionsOf("newer", lines));
    expect(await answerOf(hosted)).toBe("new");
  });

  it("lets the old code finish what it has begun", async () => {
    const { host: hosted, lines } = host("held");
    const old = answerOf(hosted);
    const port = await heldPort(lines);
    hosted.replace(optionsOf("newer", lines));
    expect(await answerOf(hosted)).toBe("new");
    expect(await isOpen(port)).toBe(true);
    expect(await old).toBe("old");
    expect(await answerOf(hosted)).toBe("new");
  });

  it("starts again with other variables, and forgets its globals", async () => {
    const { host: counter, lines } = host("counter");
    await answerOf(counter);
    expect(await answerOf(counter)).toMatchObject({ count: 2 });
    counter.replace(optionsOf("counter", lines, { variables: { LOG_LEVEL: "DEBUG" } }));
    expect(await answerOf(counter)).toMatchObject({ count: 1 });
  });

  it("serves those that wait when all environments are still the old ones'", async () => {
    const { host: hosted, lines } = host("held");
    const old = Array.from({ length: 4 }, () => answerOf(hosted));
    await heldPort(lines, 4);
    const waiting = [answerOf(hosted), answerOf(hosted)];
    hosted.replace(optionsOf("newer", lines));
    for (const port of lines.map(Number)) await isOpen(port);
    expect(await Promise.all(old)).toEqual(["old", "old", "old", "old"]);
    expect(await Promise.all(waiting)).toEqual(["new", "new"]);
  });
});

describe("a host that is stopped", () => {
  it("ends its environments, idle or not, before it says so", async () => {
    const lines: string[] = [];
    const hosted = new FunctionHost(optionsOf("held", lines));
    const held = hosted.invoke("{}");
    const port = await heldPort(lines);
    await hosted.stop();
    expect(await isOpen(port)).toBe(false);
    expect(await held).toMatchObject({ ok: false, error: { errorType: "Runtime.ExitError" } });
  });

  it("has nothing to end where nobody has invoked it, and starts nothing afterwards", async () => {
    const hosted = new FunctionHost(optionsOf("echo", []));
    await hosted.stop();
    expect(await errorOf(hosted)).toMatchObject({ errorType: "ServiceException" });
  });

  it("starts no environment for those that were waiting", async () => {
    const lines: string[] = [];
    const hosted = new FunctionHost(optionsOf("held", lines));
    onTestFinished(() => hosted.stop());
    const running: Promise<InvocationResult>[] = Array.from({ length: 4 }, () =>
      hosted.invoke("{}"),
    );
    await heldPort(lines, 4);
    const waiting = hosted.invoke("{}");
    await hosted.stop();
    await Promise.all(running);
    const started = vi.waitFor(() => expect(lines.length).toBeGreaterThan(4));
    expect(await Promise.race([waiting, started.then(() => "started")])).toMatchObject({
      ok: false,
    });
  });
});
