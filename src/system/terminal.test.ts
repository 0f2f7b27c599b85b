import { PassThrough } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { processTerminal, showsUnicode } from "./index.ts";

describe("the terminal of a process", () => {
  it("puts the answer on stdout and messages on stderr, a line each", () => {
    const { written } = replaceStreams({ isTTY: false });
    const terminal = processTerminal();
    terminal.out("the answer");
    terminal.err("a message");
    terminal.err("");
    expect(written()).toEqual({ stdout: "the answer\n", stderr: "a message\n\n" });
  });

  it("colours messages for a person, and not for a pipe or where NO_COLOR is set", () => {
    replaceStreams({ isTTY: true });
    setVariable("NO_COLOR", undefined);
    expect(processTerminal().color).toBe(true);
    setVariable("NO_COLOR", "1");
    expect(processTerminal().color).toBe(false);
    setVariable("NO_COLOR", undefined);
    replaceStreams({ isTTY: false });
    expect(processTerminal().color).toBe(false);
  });

  it("is as wide as the screen is now, and 80 columns where there is none", () => {
    replaceStreams({ isTTY: true });
    setVariable("TERM", "xterm");
    const terminal = processTerminal();
    Object.assign(process.stdout, { columns: 132 });
    expect([terminal.columns, terminal.isScreen]).toEqual([132, true]);
    Object.assign(process.stdout, { columns: 0 });
    expect(terminal.columns).toBe(80);
    setVariable("TERM", "dumb");
    expect(processTerminal().isScreen).toBe(false);
    replaceStreams({ isTTY: false });
    expect([processTerminal().columns, processTerminal().isScreen]).toEqual([80, false]);
  });

  it.each([
    [{}, "linux", true],
    [{ LANG: "en_US.UTF-8" }, "linux", true],
    [{ LANG: "C.utf8" }, "darwin", true],
    [{ LANG: "C" }, "linux", false],
    [{ LANG: "en_US.UTF-8", LC_ALL: "POSIX" }, "linux", false],
    [{ LANG: "C", LC_CTYPE: "de_DE.UTF-8" }, "linux", true],
    [{ LANG: "en_US.UTF-8", TERM: "linux" }, "linux", false],
    [{}, "win32", false],
    [{ WT_SESSION: "1" }, "win32", true],
  ])("with %j on %s has more than ASCII: %s", (env, platform, expected) => {
    expect(showsUnicode(env, platform)).toBe(expected);
  });

  it("asks nobody where nobody is there", async () => {
    setVariable("CI", undefined);
    const { written } = replaceStreams({ isTTY: false });
    expect(await processTerminal().confirm("Use 3001 instead?")).toBeUndefined();
    expect(written().stderr).toBe("");
  });

  it("asks nobody in CI, even with a terminal", async () => {
    setVariable("CI", "true");
    replaceStreams({ isTTY: true });
    expect(await processTerminal().confirm("Use 3001 instead?")).toBeUndefined();
  });

  it.each([
    ["", true],
    ["y", true],
    ["YES", true],
    [" yes ", true],
    ["n", false],
    ["no", false],
    ["yesterday", false],
  ])("takes the answer %j as %s", async (answer, expected) => {
    setVariable("CI", undefined);
    const { type, written } = replaceStreams({ isTTY: true });
    const confirmed = processTerminal().confirm("Use 3001 instead?");
    type(`${answer}\n`);
    expect(await confirmed).toBe(expected);
    expect(written()).toEqual({
      stdout: "",
      stderr: expect.stringContaining("Use 3001 instead? [Y/n] "),
    });
  });
});

/** Stands in for the streams of this process until the test is over. */
function replaceStreams({ isTTY }: { isTTY: boolean }) {
  const streams = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
  };
  for (const [name, stream] of Object.entries(streams)) {
    const own = Object.getOwnPropertyDescriptor(process, name) as PropertyDescriptor;
    Object.defineProperty(process, name, {
      configurable: true,
      value: Object.assign(stream, { isTTY }),
    });
    onTestFinished(() => void Object.defineProperty(process, name, own));
  }
  return {
    type: (text: string) => streams.stdin.write(text),
    written: () => ({
      stdout: String(streams.stdout.read() ?? ""),
      stderr: String(streams.stderr.read() ?? ""),
    }),
  };
}

function setVariable(name: string, value: string | undefined): void {
  const before = process.env[name];
  assign(name, value);
  onTestFinished(() => assign(name, before));
}

function assign(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
