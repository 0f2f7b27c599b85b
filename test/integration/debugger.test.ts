import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { attachDebugger, type DebuggerClient } from "./debugger-client.ts";
import { type DevProcess, startDevProcess } from "./dev-process.ts";
import { send } from "./send.ts";

const manifest = `
  import { defineService } from "lambdakit";
  const environment = {
    accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7,
  } as const;
  export default defineService({
    name: "greeter",
    prefix: "acme",
    description: "Greets",
    timeoutSeconds: 1,
    api: { cors: { allowOrigins: ["*"] } },
    tables: {},
    functions: {
      greet: { description: "Greet", entry: "src/handlers/greet.ts", routes: ["GET /greeting"], auth: "none" },
    },
    environments: {
      dev: { ...environment, approval: "none" },
      sit: { ...environment, approval: "confirm" },
      prod: { ...environment, approval: "confirm-and-reason" },
    },
  });
`;

const handler = `
  import { greeting } from "../greeting.ts";

  export const handler = async (event: { queryStringParameters: Record<string, string> }) => ({
    statusCode: 200,
    body: greeting(event.queryStringParameters.name ?? "nobody"),
  });
`;

/** What the breakpoint is in. */
const greeting = (word: string) => `interface Words { readonly greeting: string }
export function greeting(name: string): string {
  const words: Words = { greeting: \`${word} \${name}\` };
  return words.greeting;
}
`;

const longerThanTheTimeoutMilliseconds = 1_500;

describe("lambdakit dev --inspect", { timeout: 120_000 }, () => {
  it("stops at a breakpoint in TypeScript for as long as somebody looks, and answers then", async () => {
    const { ask, breakpoint, debug } = await startGreeter();
    const client = await debug();
    const answer = ask("Ada");
    const pause = await client.nextPause();
    expect(pause).toMatchObject(breakpoint);
    expect(await pause.evaluate("name")).toBe("Ada");
    expect(await pause.evaluate("words.greeting.length")).toBe("Hello Ada".length);
    await new Promise((resolve) => setTimeout(resolve, longerThanTheTimeoutMilliseconds));
    expect(await pause.evaluate("name")).toBe("Ada");
    await pause.resume();
    expect(await answer).toMatchObject({ status: 200, text: "Hello Ada" });
  });

  it("stops in code that was saved since, at the same line", async () => {
    const { ask, breakpoint, debug, dev } = await startGreeter();
    const client = await debug();
    const first = ask("Ada");
    await (await client.nextPause()).resume();
    await first;

    const reloaded = untilReloaded(dev);
    writeFileSync(`${breakpoint.file}.new`, greeting("Goodbye"));
    renameSync(`${breakpoint.file}.new`, breakpoint.file);
    await reloaded;
    const second = ask("Ada");
    const pause = await client.nextPause();
    expect(pause).toMatchObject(breakpoint);
    expect(await pause.evaluate("words.greeting")).toBe("Goodbye Ada");
    await pause.resume();
    expect(await second).toMatchObject({ status: 200, text: "Goodbye Ada" });
  });

  it("ends on Ctrl-C even while a function stands at a breakpoint", async () => {
    const { ask, debug, dev } = await startGreeter();
    const client = await debug();
    const answer = ask("Ada");
    await client.nextPause();
    expect(await dev.end("SIGINT")).toBe(0);
    expect(await answer).toMatchObject({ status: 200, text: "Hello Ada" });
    await client.closed;
  });

  it("ends on Ctrl-C even if the debugger was lost while a function stood there", async () => {
    const { ask, debug, dev } = await startGreeter();
    const client = await debug();
    const answer = ask("Ada");
    await client.nextPause();
    client.close();
    await client.closed;
    expect(await dev.end("SIGINT")).toBe(0);
    expect(await answer).toMatchObject({ status: 200, text: "Hello Ada" });
  });
});

async function startGreeter() {
  const directory = await temporaryFolder({
    "service.ts": manifest,
    "src/handlers/greet.ts": handler,
    "src/greeting.ts": greeting("Hello"),
  });
  const file = path.join(directory, "src/greeting.ts");
  const line = readFileSync(file, "utf8").split("\n").indexOf("  return words.greeting;") + 1;
  const dev = await startDevProcess([
    ...["--service", directory, "--port", "0", "--memory"],
    ...["--inspect", "0"],
  ]);
  onTestFinished(async () => {
    if (dev.process.exitCode === null) await dev.end("SIGINT");
  });
  const breakpoint = { file, line };
  return {
    dev,
    breakpoint,
    ask: (name: string) => send(dev.ready.url, { method: "GET", path: `/greeting?name=${name}` }),
    async debug(): Promise<DebuggerClient> {
      const client = await attachDebugger(dev.ready.inspector ?? "", breakpoint);
      onTestFinished(() => client.close());
      return client;
    },
  };
}

function untilReloaded({ process }: DevProcess): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => {
      if (JSON.parse(line).type === "reloaded") resolve();
    });
  });
}
