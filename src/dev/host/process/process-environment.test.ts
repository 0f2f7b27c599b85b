import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { type Change, useProcesses } from "../../../../test/process-environments.ts";

const processes = useProcesses();
const pidOfHandler = "export const handler = async () => process.pid;";

describe("an environment that is a process", { timeout: 60_000 }, () => {
  it("answers one invocation after the other, and keeps its globals", async () => {
    const { invoke, environment } = await processes.start(`
      let count = 0;
      export const handler = async (event) => ({ got: event, count: ++count });`);
    expect(await environment.ready).toEqual({ ok: true, milliseconds: expect.any(Number) });
    expect(await invoke({ a: "ž" })).toEqual({
      ok: true,
      payload: '{"got":{"a":"ž"},"count":1}',
      memoryUsedMb: expect.any(Number),
    });
    expect(await invoke(null)).toMatchObject({ payload: '{"got":null,"count":2}' });
    expect(environment.usable).toBe(true);
  });

  it("tells the function of each invocation what Lambda tells", async () => {
    const { invoke } = await processes.start(`
      export const handler = async (event, context) => ({
        id: context.awsRequestId,
        arn: context.invokedFunctionArn,
        client: context.clientContext,
        left: context.getRemainingTimeInMillis() > 0,
        trace: process.env._X_AMZN_TRACE_ID,
      });`);
    const said = await invoke({}, { requestId: "one", clientContext: { client: "žluť 🦊" } });
    expect(JSON.parse(said.ok ? said.payload : "")).toEqual({
      id: "one",
      arn: "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-list-dev",
      client: { client: "žluť 🦊" },
      left: true,
      trace: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
    });
  });

  it("has its variables and no other, starts in its task root, and sees no parameters", async () => {
    const { invoke, environment } = await processes.start(
      `export const handler = async () =>
        ({ names: Object.keys(process.env).sort(), cwd: process.cwd(), parameters: process.argv.length });`,
      { variables: { ENVIRONMENT: "local" } },
    );
    const { taskRoot } = environment.code;
    const outcome = await invoke({});
    expect(JSON.parse(outcome.ok ? outcome.payload : "")).toEqual({
      names: [
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_RUNTIME_API",
        "ENVIRONMENT",
        "LAMBDA_TASK_ROOT",
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
      ],
      cwd: taskRoot,
      parameters: 2,
    });
  });

  it("has a /tmp of its own, and cannot write elsewhere", async () => {
    const { invoke } = await processes.start(`
      import { readFileSync, writeFileSync } from "node:fs";
      export const handler = async () => {
        writeFileSync("/tmp/lambdakit-process-test.txt", "mine");
        let code;
        try { writeFileSync("here.txt", ""); } catch (error) { code = error.code; }
        return [readFileSync("/tmp/lambdakit-process-test.txt", "utf8"), code];
      };`);
    expect(await invoke({})).toMatchObject({ payload: '["mine","EROFS"]' });
    expect(existsSync("/tmp/lambdakit-process-test.txt")).toBe(false);
  });

  it("has given every line before the answer to the invocation that wrote it", async () => {
    const { invoke, lines } = await processes.start(`
      export const handler = async (count) => {
        for (let line = 0; line < count; line++) console.log("line " + line);
        process.stderr.write("without an end");
      };`);
    await invoke(500);
    const first = lines.splice(0);
    await invoke(1);
    expect(first).toHaveLength(501);
    expect(first[499]).toMatch(/\tINFO\tline 499$/);
    expect(first.at(-1)).toBe("without an end");
    expect(lines).toEqual([expect.stringMatching(/line 0$/), "without an end"]);
  });

  it("takes an invocation of 6 MB, and refuses a larger answer in Lambda's words", async () => {
    const { invoke } = await processes.start(
      `export const handler = async ({ repeat, text }) => text.repeat(repeat);`,
    );
    const text = "ž".repeat(3_000_000);
    expect(await invoke({ text, repeat: 1 })).toMatchObject({ payload: JSON.stringify(text) });
    expect(await invoke({ text, repeat: 2 })).toMatchObject({
      ok: false,
      error: {
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage:
          "Response payload size (12000002 bytes) exceeded maximum allowed payload size (6291556 bytes).",
      },
    });
    expect(await invoke({ text: "a", repeat: 1 })).toMatchObject({ payload: '"a"' });
  });

  it("stands still between invocations", async () => {
    const source = `
      export const handler = async () => {
        // Later than the answer is read on a machine that is busy: what stands still from then on never ticks.
        setTimeout(() => process.stderr.write("tick\\n"), 1000);
        return process.pid;
      };`;
    const frozen = await processes.start(source);
    const free = await processes.start(source, { freeze: false });
    const [one, other] = [await frozen.invoke({}), await free.invoke({})];
    await expect.poll(() => free.lines, { timeout: 20_000 }).toEqual(["tick"]);
    expect(frozen.lines).toEqual([]);
    expect(await state(one)).toBe("T");
    expect(await state(other)).toBe("S");
  });

  it("uses memory that is its own, and says how much", async () => {
    const { invoke } = await processes.start(`
      const kept = [];
      export const handler = async (megabytes) => { kept.push(Buffer.alloc(megabytes * 1024 * 1024, 1)); };`);
    const before = (await invoke(0)).memoryUsedMb ?? 0;
    const after = (await invoke(80)).memoryUsedMb ?? 0;
    expect(before).toBeGreaterThan(20);
    expect(after - before).toBeGreaterThan(60);
  });

  it("works with streaming handlers as Lambda's Invoke does", async () => {
    const { invoke } = await processes.start(`
      export const handler = awslambda.streamifyResponse(async (event, stream) => {
        stream.write("one, "); stream.write(event); stream.end();
      });`);
    expect(await invoke("two")).toMatchObject({ ok: true, payload: "one, two" });
  });
});

describe("the end of such an environment", { timeout: 60_000 }, () => {
  it("comes when it is asked for, also while it stands still", async () => {
    const { invoke, environment, ended } = await processes.start(pidOfHandler);
    const pid = numberIn(await invoke({}));
    expect(await guardsOf(pid)).toHaveLength(1);
    await environment.stop();
    await ended;
    expect(environment.usable).toBe(false);
    expect(isRunning(pid)).toBe(false);
    await expect.poll(() => guardsOf(pid), { timeout: 20_000 }).toEqual([]);
    expect(await invoke({})).toEqual({
      ok: false,
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(/^RequestId: .* Error: .*signal: killed$/),
      },
    });
  });

  it("comes before its beginning, where nobody wants it any more", async () => {
    const { environment, ended } = await processes.start(pidOfHandler);
    await Promise.all([environment.stop(), environment.stop(), ended]);
    expect(await environment.ready).toMatchObject({ ok: false });
  });

  it.each([
    ["exits", "process.exit(3)", "exit status 3"],
    ["exits without a reason", "process.exit()", "Runtime exited without providing a reason"],
    ["kills itself", 'process.kill(process.pid, "SIGKILL")', "signal: killed"],
    ["aborts", "process.abort()", "signal: aborted"],
    [
      "is ended by a signal without a name",
      'process.kill(process.pid, "SIGVTALRM")',
      "signal: signal 26",
    ],
  ])("is told to whoever waits, when the function %s", async (_, action, reason) => {
    const { invoke, environment, ended } = await processes.start(
      `export const handler = async () => { ${action}; await new Promise(() => setInterval(() => {}, 1000)); };`,
    );
    expect(await invoke({}, { requestId: "one" })).toMatchObject({
      ok: false,
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          new RegExp(
            `^RequestId: one Error: Runtime exited .*${reason.replace("Runtime exited ", "")}$`,
          ),
        ),
      },
    });
    await ended;
    expect(environment.usable).toBe(false);
  });

  it("is killed like Lambda's when it takes more memory than it has, in buffers too", async () => {
    const { invoke, ended } = await processes.start(
      `export const handler = async () => {
        for (const kept = [];;) {
          kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };`,
      { memoryMb: 128 },
    );
    expect(await invoke({}, { requestId: "one" })).toMatchObject({
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: one Error: Runtime exited with error: signal: killed",
      },
      memoryUsedMb: expect.any(Number),
    });
    await ended;
  });

  it("does not take away an answer that was given before it", async () => {
    const { invoke, ended, environment } = await processes.start(`
      import { connect } from "node:net";
      const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
      export const handler = (event, { awsRequestId }) => {
        const path = "/2018-06-01/runtime/invocation/" + awsRequestId + "/response";
        connect({ host, port }, function () {
          this.write("POST " + path + " HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 2\\r\\n\\r\\n42");
        }).on("data", () => process.exit(1));
        return new Promise(() => {});
      };`);
    expect(await invoke({})).toMatchObject({ ok: true, payload: "42" });
    await ended;
    expect(environment.usable).toBe(false);
  });

  it("takes everything along that the function has started, even what ignores signals", async () => {
    const { invoke, environment } = await processes.start(`
      import { spawn } from "node:child_process";
      process.on("SIGTERM", () => {});
      export const handler = async () => {
        const script = "trap '' TERM HUP INT; sleep 1000 & echo $!; wait";
        const shell = spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "pipe", "inherit"] });
        const sleeping = await new Promise((resolve) => shell.stdout.once("data", resolve));
        return [process.pid, shell.pid, Number(String(sleeping))];
      };`);
    const outcome = await invoke({});
    const pids: number[] = JSON.parse(outcome.ok ? outcome.payload : "[]");
    expect(pids.map(isRunning)).toEqual([true, true, true]);
    await environment.stop();
    await expect
      .poll(() => pids.map(isRunning), { timeout: 20_000 })
      .toEqual([false, false, false]);
  });

  it("is not kept up by a process that has left its group and holds its output open", async () => {
    const { invoke, environment } = await processes.start(`
      import { spawn } from "node:child_process";
      export const handler = async () =>
        spawn("sleep", ["1000"], { detached: true, stdio: "inherit" }).pid;`);
    const left = numberIn(await invoke({}));
    await environment.stop();
    expect(isRunning(left)).toBe(true);
    process.kill(left, "SIGKILL");
  });

  it("can be asked for while the function loops for ever or floods its output", async () => {
    const { invoke, environment, lines } = await processes.start(`
      export const handler = async () => {
        console.log("the last line");
        for (;;) process.stdout.write("x".repeat(100_000));
      };`);
    const outcome = invoke({});
    await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(20);
    await environment.stop();
    expect(await outcome).toMatchObject({ ok: false });
    expect(lines[0]).toMatch(/the last line$/);
  });

  it("loses no line that was written just before it", async () => {
    const { invoke, lines } = await processes.start(`
      export const handler = async () => {
        for (let line = 0; line < 20_000; line++) console.log("line " + line);
        process.exit(1);
      };`);
    await invoke({});
    expect(lines).toHaveLength(20_000);
    expect(lines.at(-1)).toMatch(/line 19999$/);
  });
});

describe("a runtime that is not ours", { timeout: 60_000 }, () => {
  /** Its own program is the runtime. */
  const asRuntime: Change = {
    command: ({ code }) => ({
      program: process.execPath,
      parameters: [path.join(code.taskRoot, "index.mjs")],
    }),
  };
  const runtime = (afterNext: string) => `
    const invocations = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
    const next = async () => {
      const response = await fetch(invocations + "next");
      const id = response.headers.get("Lambda-Runtime-Aws-Request-Id");
      const post = async (what, body) =>
        (await fetch(invocations + id + "/" + what, { method: "POST", body })).status;
      return { id, post, event: await response.json() };
    };
    ${afterNext}`;

  it("works, if it keeps to the contract", async () => {
    const { invoke, lines } = await processes.start(
      runtime(
        "for (;;) { const { event, post } = await next(); await post('response', JSON.stringify(event + 1)); }",
      ),
      asRuntime,
    );
    expect(await invoke(1)).toMatchObject({ ok: true, payload: "2" });
    expect(await invoke(2)).toMatchObject({ ok: true, payload: "3" });
    expect(lines).toEqual([]);
  });

  it("may post what is no JSON", async () => {
    const { invoke } = await processes.start(
      runtime(`
        await (await next()).post("response", "{ garbage");
        await (await next()).post("error", "{ garbage");
        await next();`),
      asRuntime,
    );
    expect(await invoke(1)).toMatchObject({ ok: true, payload: "{ garbage" });
    expect(await invoke(2)).toMatchObject({
      ok: false,
      error: { errorType: "Runtime.Unknown", errorMessage: "" },
    });
  });

  it("is believed once, where it answers twice", async () => {
    const { invoke, lines } = await processes.start(
      runtime(`
        const { post } = await next();
        await post("response", "1");
        console.log(await post("response", "2"), await post("error", "{}"));
        await next();`),
      asRuntime,
    );
    expect(await invoke({})).toMatchObject({ ok: true, payload: "1" });
    await expect.poll(() => lines, { timeout: 20_000 }).toEqual(["403 403"]);
  });

  it("keeps nobody from its answer while it goes on working", async () => {
    const { invoke, lines, environment } = await processes.start(
      runtime(`
        await (await next()).post("response", "1");
        const { existsSync } = await import("node:fs");
        while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 5));
        console.log("done");
        await (await next()).post("response", "2");
        await next();`),
      asRuntime,
    );
    expect(await invoke({})).toMatchObject({ ok: true, payload: "1" });
    expect(environment.usable).toBe(true);
    const second = invoke({});
    await writeFile(path.join(environment.code.taskRoot, "go"), "");
    expect(await second).toMatchObject({ ok: true, payload: "2" });
    expect(lines).toEqual(["done"]);
  });

  it("that never asks for an invocation is never ready, and can be ended", async () => {
    const { environment, lines } = await processes.start(
      "console.log('waiting'); setInterval(() => {}, 1000);",
      asRuntime,
    );
    await expect.poll(() => lines, { timeout: 20_000 }).toEqual(["waiting"]);
    await environment.stop();
    expect(await environment.ready).toMatchObject({ ok: false });
  });

  it("that closes its connection in the middle, and does not come back, can be ended", async () => {
    const { invoke, environment, lines } = await processes.start(
      `
      import { connect } from "node:net";
      const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
      const socket = connect(port, host);
      socket.write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
      socket.once("data", () => { socket.destroy(); console.log("closed"); });
      setInterval(() => {}, 1000);`,
      asRuntime,
    );
    const outcome = invoke({});
    await expect.poll(() => lines, { timeout: 20_000 }).toEqual(["closed"]);
    await environment.stop();
    expect(await outcome).toMatchObject({ ok: false, error: { errorType: "Runtime.ExitError" } });
  });

  it("that stays after it has reported a failed init is ended", async () => {
    const { environment, ended } = await processes.start(
      `
      const url = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/init/error";
      await fetch(url, { method: "POST", body: JSON.stringify({ errorType: "Bad", errorMessage: "so" }) });
      setInterval(() => {}, 1000);`,
      asRuntime,
    );
    expect(await environment.ready).toMatchObject({
      ok: false,
      error: { errorType: "Bad", errorMessage: "so" },
    });
    await ended;
  });
});

describe("an environment whose function cannot be loaded", { timeout: 60_000 }, () => {
  it.each([
    ["exports no handler", "export const other = 1;", "Runtime.HandlerNotFound"],
    ["throws", 'throw new RangeError("too far");', "RangeError"],
    ["has broken syntax", "export const = 1;", "Runtime.UserCodeSyntaxError"],
    ["exits", "process.exit(4);", "Runtime.ExitError"],
  ])("says why: it %s", async (_, source, errorType) => {
    const { environment, ended } = await processes.start(source);
    expect(await environment.ready).toMatchObject({ ok: false, error: { errorType } });
    await ended;
    expect(environment.usable).toBe(false);
  });

  it("is one whose program does not exist", async () => {
    const { environment, ended, invoke } = await processes.start(pidOfHandler, {
      command: () => ({ program: path.resolve("nowhere/node"), parameters: [] }),
    });
    expect(await environment.ready).toMatchObject({
      ok: false,
      error: {
        errorType: "Runtime.InvalidEntrypoint",
        errorMessage: expect.stringMatching(/^Error: .*nowhere\/node ENOENT$/),
      },
    });
    await ended;
    expect(await invoke({}, { requestId: "one" })).toMatchObject({
      error: { errorMessage: expect.stringMatching(/^RequestId: one Error: /) },
    });
  });

  it("is one whose variables the system does not take", async () => {
    const { environment, ended } = await processes.start(pidOfHandler, {
      variables: { BAD: "a\0b" },
    });
    expect(await environment.ready).toMatchObject({
      ok: false,
      error: {
        errorType: "Runtime.InvalidEntrypoint",
        errorMessage: expect.stringContaining("null"),
      },
    });
    await ended;
    expect(environment.usable).toBe(false);
  });
});

function numberIn(outcome: { readonly ok: boolean; readonly payload?: string }): number {
  return Number(outcome.payload);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The shells that would kill this process. */
async function guardsOf(pid: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "args"]);
  return stdout.split("\n").filter((line) => line.endsWith(`kill -s KILL -- "-$1" sh ${pid}`));
}

/** `T` where it is stopped, `S` where it waits. */
async function state(outcome: { readonly ok: boolean; readonly payload?: string }) {
  const stat = await readFile(`/proc/${numberIn(outcome)}/stat`, "utf8");
  return stat.split(") ")[1]?.[0];
}
