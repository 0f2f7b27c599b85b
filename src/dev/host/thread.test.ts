import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { functionPlan } from "../../../test/observe-runtime.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { threadIsolation } from "../../../test/thread-isolation.ts";
import { ThreadAhead } from "./thread.ts";
import { threadEnvironments } from "./thread-environment.ts";

const thread = threadIsolation();

function startAhead(): ThreadAhead {
  const ahead = new ThreadAhead(thread().environmentModule);
  onTestFinished(() => ahead.stop());
  return ahead;
}

/** What an environment answers whose function gives its thread's number and its own variables. */
async function answerOf(ahead: ThreadAhead, variables: Readonly<Record<string, string>> = {}) {
  const code = `import { threadId } from "node:worker_threads";
    export const handler = async () => ({ threadId, variables: process.env });`;
  const taskRoot = await temporaryFolder({ "index.mjs": code });
  const environment = threadEnvironments(ahead)({
    name: "2026/01/02/[$LATEST]abc",
    lambda: functionPlan("nodejs24.x"),
    code: {
      taskRoot,
      handler: "index.handler",
      module: path.join(taskRoot, "index.mjs"),
      environmentModule: thread().environmentModule,
    },
    variables,
    temporaryDirectory: await temporaryFolder(),
    freeze: true,
    onLine: () => {},
    onEnd: () => {},
  });
  onTestFinished(() => environment.stop());
  expect(await environment.ready).toMatchObject({ ok: true });
  const invocation = { requestId: "r-1", payload: "{}", deadline: 0, functionArn: "", traceId: "" };
  const outcome = await environment.invoke(invocation);
  return JSON.parse(outcome.ok ? outcome.payload : "{}");
}

const purpose = () => ({
  environmentModule: thread().environmentModule,
  memoryMb: 256,
  variables: {},
});

describe("a thread that is started ahead", () => {
  it("is an environment as any other, with the variables of its function and no other", async () => {
    const ahead = startAhead();
    const variables = { COLOUR: "red" };
    const first = await answerOf(ahead, variables);
    const second = await answerOf(ahead, variables);
    expect(second.threadId).toBeGreaterThan(first.threadId);
    expect(first.variables).toMatchObject(variables);
    expect(first.variables).toEqual({
      ...second.variables,
      _X_AMZN_TRACE_ID: first.variables._X_AMZN_TRACE_ID,
    });
  });

  it("is given away once", () => {
    const ahead = startAhead();
    const taken = ahead.take(purpose());
    onTestFinished(async () => void (await taken?.worker.terminate()));
    expect(taken).toBeDefined();
    expect(ahead.take(purpose())).toBeUndefined();
  });

  it.each([
    ["that runs another module", { environmentModule: "/another.mjs" }],
    ["with more memory than it has room for", { memoryMb: 257 }],
    ["whose variables Node.js reads when a thread starts", { variables: { NODE_OPTIONS: "" } }],
  ])("is not for a function %s, and stays for another", (_, change) => {
    const ahead = startAhead();
    expect(ahead.take({ ...purpose(), ...change })).toBeUndefined();
    const taken = ahead.take(purpose());
    onTestFinished(async () => void (await taken?.worker.terminate()));
    expect(taken).toBeDefined();
  });

  it("is not given away after its end", async () => {
    const ahead = startAhead();
    await ahead.stop();
    expect(ahead.take(purpose())).toBeUndefined();
  });

  it("is nobody's where it has failed", async () => {
    const broken = path.join(await temporaryFolder({ "broken.mjs": "throw 1;" }), "broken.mjs");
    // Until it has, whoever takes it sees it fail, as of any other.
    for (let milliseconds = 50; ; milliseconds *= 2) {
      const ahead = new ThreadAhead(broken);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      const taken = ahead.take({ ...purpose(), environmentModule: broken });
      if (taken === undefined) return;
      taken.worker.on("error", () => {});
      await taken.worker.terminate();
    }
  });
});
