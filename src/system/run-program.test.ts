import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { runProgram } from "./index.ts";

const node = (script: string, options: Partial<Parameters<typeof runProgram>[2]> = {}) =>
  runProgram(process.execPath, ["-e", script], { directory: ".", ...options });

describe("a program that is run", () => {
  it("gives what it printed on each stream, and its exit code", async () => {
    expect(await node("console.log('one'); console.error('two'); process.exitCode = 3")).toEqual({
      status: 3,
      output: "one\n",
      complaint: "two\n",
    });
  });

  it("is listened to line by line, however its output is cut, the last line without an end too", async () => {
    const lines: string[] = [];
    const script = `
      const bytes = Buffer.from("één\\nzwei\\ndrei");
      const write = (from) => from < bytes.length && process.stdout.write(bytes.subarray(from, from + 1), () => setImmediate(write, from + 1));
      write(0);`;
    await node(script, { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(["één", "zwei", "drei"]);
  });

  it("is heard line by line where it complains, too", async () => {
    const heard: string[] = [];
    const script = "console.error('one'); console.log('not this'); console.error('two')";
    await node(script, { onComplaint: (line) => heard.push(line) });
    expect(heard).toEqual(["one", "two"]);
  });

  it("has the variables that it is given, and no other", async () => {
    const { output } = await node("console.log(JSON.stringify(process.env))", {
      variables: { ONLY: "this" },
    });
    expect(JSON.parse(output)).toEqual({ ONLY: "this" });
  });

  it("reads what it is given, and may leave it", async () => {
    const input = "x".repeat(1_000_000);
    const count = "process.stdin.on('data', (data) => (n += data.length)); let n = 0;";
    const said = `${count} process.stdin.on('end', () => console.log(n));`;
    expect((await node(said, { input })).output).toBe("1000000\n");
    expect((await node("process.exit(0)", { input })).status).toBe(0);
    expect((await node(said)).output).toBe("0\n");
  });

  it("is told once where we are interrupted, and ends as it likes", async () => {
    const interrupted = new AbortController();
    const script = `
      let times = 0;
      process.on("SIGINT", () => { times += 1; setTimeout(() => { console.log(times); process.exit(7) }, 50) });
      setInterval(() => {}, 1000);
      console.log("ready");`;
    const run = node(script, {
      interrupted: interrupted.signal,
      onLine: (line) => line === "ready" && interrupted.abort(),
    });
    expect(await run).toMatchObject({ status: 7, output: "ready\n1\n" });
  });

  it("is waited for, however often somebody presses Ctrl-C meanwhile", async () => {
    const child = `
      let times = 0;
      process.on("SIGINT", () => { times += 1; console.log("told " + times); setTimeout(() => process.exit(7), 300) });
      setInterval(() => {}, 1000);
      console.log("ready");`;
    const source = path.resolve(import.meta.dirname, "run-program.ts");
    const folder = await temporaryFolder({
      "main.mts": `
        import { runProgram } from ${JSON.stringify(source)};
        const interruption = new AbortController();
        process.once("SIGINT", () => interruption.abort());
        const { status } = await runProgram(process.execPath, ["-e", ${JSON.stringify(child)}], {
          directory: ".",
          interrupted: interruption.signal,
          onLine: (line) => console.log(line),
        });
        console.log("ended with " + status);`,
    });
    const parent = spawn(process.execPath, ["--import", "tsx", path.join(folder, "main.mts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    parent.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.endsWith("ready\n")) parent.kill("SIGINT");
      if (!output.endsWith("told 1\n")) return;
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) parent.kill(signal);
    });
    const [status] = await once(parent, "close");
    expect(output).toBe("ready\ntold 1\nended with 7\n");
    expect(status).toBe(0);
  });

  it("that a signal ended has the exit code that a shell would show", async () => {
    expect((await node("process.kill(process.pid, 'SIGKILL')")).status).toBe(137);
  });

  it("writes into a file where it is to go on without us, and is listened to all the same", async () => {
    const lines: string[] = [];
    const outputFile = path.join(await temporaryFolder(), "log");
    const { output } = await node("console.log('one'); setTimeout(() => console.log('two'), 300)", {
      outputFile,
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(["one", "two"]);
    expect(output).toBe("one\ntwo\n");
    expect(await readFile(outputFile, "utf8")).toBe(output);
  });

  it("cannot be run where there is none of this name", async () => {
    await expect(runProgram("no-such-program", [], { directory: "." })).rejects.toMatchObject({
      code: "ENOENT",
    });
  });
});
