import { describe, expect, it } from "vitest";
import { hosted } from "../../../../test/hosted-function.ts";
import { useProcesses } from "../../../../test/process-environments.ts";
import { nodeRuntime, processEnvironments } from "./index.ts";

const processes = useProcesses();
const isolation = () => ({
  start: processEnvironments(nodeRuntime(process.execPath)),
  environmentModule: processes.bootstrap,
});

describe("a function that is hosted in processes", { timeout: 120_000 }, () => {
  it("is stopped when its time is over, whatever it does, and answers the next request", async () => {
    const { answer, failure } = await hosted(
      `export const handler = async (event) => {
        process.on("SIGTERM", () => {});
        if (event.loop) for (;;);
        return process.pid;
      };`,
      isolation(),
      { lambda: { timeoutSeconds: 2 }, maxEnvironments: 1 },
    );
    const pid = Number(await answer({}));
    expect(await failure({ loop: true })).toMatchObject({
      reason: "function",
      error: {
        errorType: "Sandbox.Timedout",
        errorMessage: expect.stringMatching(/Task timed out after 2.00 seconds$/),
      },
    });
    expect(await answer({})).not.toBe(pid);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("is given a new environment after a crash", async () => {
    const { answer, failure } = await hosted(
      `export const handler = async (event) => {
        if (event.crash) process.kill(process.pid, "SIGSEGV");
        return process.pid;
      };`,
      isolation(),
      { maxEnvironments: 1 },
    );
    const pid = await answer({});
    expect(await failure({ crash: true })).toMatchObject({
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          /Runtime exited with error: signal: segmentation fault$/,
        ),
      },
    });
    expect(await answer({})).not.toBe(pid);
  });

  it("answers many at once, each environment one at a time, and leaves no process behind", async () => {
    const { answer, host } = await hosted(
      `let running = 0;
      export const handler = async () => {
        running += 1;
        const atATime = running;
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return { pid: process.pid, atATime };
      };`,
      isolation(),
      { maxEnvironments: 3 },
    );
    const answers = (await Promise.all(Array.from({ length: 40 }, () => answer({})))) as {
      pid: number;
      atATime: number;
    }[];
    expect(new Set(answers.map(({ atATime }) => atATime))).toEqual(new Set([1]));
    const pids = [...new Set(answers.map(({ pid }) => pid))];
    expect(pids.length).toBeLessThanOrEqual(3);
    await host.stop();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("keeps what it wrote with the request that wrote it, and reports the memory of its process", async () => {
    const { invoke } = await hosted(
      `export const handler = async (event) => { console.log("said " + event.word); };`,
      isolation(),
      { maxEnvironments: 1 },
    );
    for (const word of ["one", "two"]) {
      const result = await invoke({ word });
      if (!result.ok) throw new Error(result.error.errorMessage);
      const said = result.report.log.lines.filter((line) => line.includes("\tsaid "));
      expect(said).toEqual([expect.stringMatching(new RegExp(`\tINFO\tsaid ${word}$`))]);
      expect(result.report.maxMemoryUsedMb).toBeGreaterThan(20);
    }
  });
});
