import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandOf, commands } from "../../../test/all-commands.ts";
import { holdDocument } from "../../../test/held-answers.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import type { CommandLine, World } from "../command.ts";
import { parseInput } from "../parse-input.ts";
import { offers } from "./offers.ts";
import { createServer } from "./server.ts";

/** By our own judgement, and not by that of what is tested: these change nothing, whatever they are given. */
const onlyLook = ["explain", "doctor", "audit", "status", "logs", "metrics", "alarms", "cost"];

interface Situation {
  readonly allowChanges?: boolean;
  /** @default notes what it is asked for, and says {} */
  readonly run?: CommandLine["run"];
}

function serve({ allowChanges = false, run }: Situation = {}) {
  const sent: Message[] = [];
  const asked: string[][] = [];
  const answer = createServer({
    commands,
    run:
      run ??
      (async (args, { terminal }) => {
        asked.push([...args]);
        terminal.out("{}");
        return 0;
      }),
    directory: "/services/orders",
    allowChanges,
    send(message) {
      holdDocument("mcp", message);
      sent.push(message as Message);
    },
  });
  const ask = async (method: string, params: object = {}, id = 1) => {
    await answer(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return sent.at(-1) as Message;
  };
  const call = async (name: unknown, input?: unknown) =>
    ask("tools/call", { name, arguments: input });
  return { answer, ask, call, sent, asked };
}

interface Message {
  readonly id: unknown;
  // Tests look into answers of every form.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

describe("the server of tools", () => {
  it("speaks the client's revision of the protocol where it knows it, else its own newest", async () => {
    const { ask } = serve();
    const old = await ask("initialize", { protocolVersion: "2025-03-26" });
    expect(old.result).toMatchObject({
      protocolVersion: "2025-03-26",
      capabilities: { tools: {} },
      serverInfo: { name: "lambdakit" },
    });
    const unknown = await ask("initialize", { protocolVersion: "1999-01-01" });
    expect(unknown.result.protocolVersion).toBe("2025-11-25");
  });

  it("has tools that only look, each with the flags of its command", async () => {
    const { tools } = (await serve().ask("tools/list")).result;
    expect(tools.map(({ name }: { name: string }) => name)).toEqual([
      ...["explain", "doctor", "generate", "audit", "status", "logs", "metrics", "alarms"],
      ...["cost", "releases"],
    ]);
    for (const { annotations, inputSchema } of tools) {
      expect(annotations.readOnlyHint).toBe(true);
      expect(inputSchema.additionalProperties).toBe(false);
    }
    expect(tools[5].inputSchema.properties).toMatchObject({
      env: { type: "string", enum: ["dev", "sit", "prod"], default: "dev" },
      limit: { type: "integer" },
      since: { type: "string" },
    });
  });

  it("has those that change something where it may, and for them PROD is no choice", async () => {
    const { tools } = (await serve({ allowChanges: true }).ask("tools/list")).result;
    const changing = tools.slice(10);
    expect(changing.map(({ name }: { name: string }) => name)).toEqual([
      ...["package", "plan", "deploy", "promote", "rollback", "verify", "invoke"],
    ]);
    expect(JSON.stringify(changing.map(schemaOf))).not.toContain('"prod"');
  });

  it("names only commands and options that there are", () => {
    for (const { command: name, options, fixed = [] } of offers(true)) {
      const command = commands.find((one) => one.name === name);
      expect(command, name).toBeDefined();
      const known = Object.keys(command?.options ?? {});
      const written = fixed.map((one) => one.replace(/^--|=.*$/g, ""));
      expect([...options, ...written].filter((one) => !known.includes(one))).toEqual([]);
    }
  });

  it("runs the command with what it was given, for the service that it was started for", async () => {
    const { call, asked } = serve();
    await call("logs", { env: "prod", since: "1h", limit: 5 });
    await call("releases", { arguments: ["show", "3f9c"] });
    await call("explain", { standby: true });
    const always = ["--service=/services/orders", "--json"];
    expect(asked).toEqual([
      ["logs", ...always, "--env=prod", "--since=1h", "--limit=5"],
      ["releases", ...always, "show", "3f9c"],
      ["explain", ...always, "--standby"],
    ]);
  });

  it("gives answer and messages, and says whether it failed: findings are no failure", async () => {
    const ending =
      (exitCode: number) =>
      async (_: readonly string[], { terminal }: World) => {
        terminal.out('{"ok":1}');
        terminal.err("Next: lambdakit deploy");
        return exitCode;
      };
    const failures: unknown[] = [];
    for (const exitCode of [0, 1, 2, 64, 77]) {
      const { result } = await serve({ run: ending(exitCode) }).call("status");
      expect(result.content).toEqual([
        { type: "text", text: '{"ok":1}' },
        { type: "text", text: "Next: lambdakit deploy" },
      ]);
      failures.push(result.isError);
    }
    expect(failures).toEqual([false, true, false, true, true]);
  });

  it("gives the answer as data, too, as its schema says, where the protocol has that", async () => {
    const printing =
      (text: string, exitCode = 0): CommandLine["run"] =>
      async (_, { terminal }) => {
        terminal.out(text);
        return exitCode;
      };
    const { ask, call } = serve({ run: printing('{"ok":1}', 1) });
    expect((await call("status")).result.structuredContent).toEqual({ ok: 1 });
    const lines = serve({ run: printing('{"id":"a"}\n{"id":"b"}') });
    expect((await lines.call("logs")).result.structuredContent).toEqual({
      lines: [{ id: "a" }, { id: "b" }],
    });
    const failing = serve({ run: printing('{"error":{"code":"INTERNAL"}}', 1) });
    expect((await failing.call("status")).result).not.toHaveProperty("structuredContent");

    const schemas = async () =>
      (await ask("tools/list")).result.tools.map(
        (tool: { outputSchema?: object }) => tool.outputSchema,
      );
    for (const schema of await schemas()) {
      expect(schema).toMatchObject({ type: "object" });
      expect(schema).not.toHaveProperty("$schema");
    }
    await ask("initialize", { protocolVersion: "2025-03-26" });
    expect((await schemas()).filter(Boolean)).toEqual([]);
    expect((await call("status")).result).not.toHaveProperty("structuredContent");
  });

  it("refuses what changes something where it only looks, and says how to have it", async () => {
    const { call, asked } = serve();
    const { result } = await call("deploy");
    expect([result.isError, JSON.parse(result.content[0].text).error]).toMatchObject([
      true,
      { code: "MCP_NOT_OFFERED", fix: "lambdakit mcp --allow-changes" },
    ]);
    expect(asked).toEqual([]);
  });

  it.each<[string, object]>([
    ["deploy", { env: "prod" }],
    ["deploy", { env: "sit" }],
    ["rollback", { env: "prod", confirm: "deploy-to-production" }],
    ["promote", { to: "prod" }],
    ["promote", { release: "abc", from: "sit" }],
    ["verify", { url: "https://api.example.com" }],
    ["status", { service: "/services/other" }],
    ["generate", { check: false }],
    ["logs", { follow: true }],
    ["releases", { arguments: ["--env=prod"] }],
    ["invoke", { arguments: ["create", "-h"] }],
    ["explain", { arguments: ["x"] }],
    ["explain", { standby: "yes" }],
    ["logs", { since: ["1h"] }],
    ["releases", { arguments: "show" }],
  ])("refuses %s with %j, and runs nothing", async (name, input) => {
    const { call, asked } = serve({ allowChanges: true });
    const { result } = await call(name, input);
    const { error } = JSON.parse(result.content[0].text);
    expect([result.isError, error.code]).toEqual([true, "MCP_NOT_OFFERED"]);
    expect(error.fix).not.toBe("");
    expect(asked).toEqual([]);
  });

  it("never runs what changes PROD, whatever it is asked for", async () => {
    const names = [...offers(true).map(({ command }) => command), ...commands.map((c) => c.name)];
    const options = [...new Set(commands.flatMap((one) => Object.keys(one.options)))];
    const value = fc.oneof(
      fc.constantFrom<unknown>("prod", "dev", "sit", "deploy-to-production", true, false, 1),
      fc.constantFrom("--env=prod", "--env", "--to=prod", "--", "dev --env prod", "x\n--env=prod"),
      fc.string(),
      fc.constantFrom(["prod"], ["--env=prod"], { env: "prod" }, null),
    );
    const input = fc.dictionary(
      fc.oneof(fc.constantFrom(...options, "arguments", "service", "env=prod"), fc.string()),
      fc.oneof(value, fc.array(value, { maxLength: 3 })),
      { maxKeys: 4 },
    );
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), input, async (name, given) => {
        const { call, asked } = serve({ allowChanges: true });
        await call(name.replaceAll(" ", "_"), given);
        for (const args of asked) {
          ran++;
          expect(changesProduction(args), args.join(" ")).toBe(false);
        }
      }),
      { numRuns: 3000 },
    );
    expect(ran).toBeGreaterThan(50);
  });

  it("says in JSON-RPC's words what is no request, no method and no tool", async () => {
    const { answer, ask, call, sent } = serve();
    await answer("{");
    await answer("[]");
    await answer('{"jsonrpc":"2.0","id":1,"method":5}');
    await ask("resources/list");
    await call("nothing");
    expect(sent.map(({ error }) => error?.code)).toEqual([-32700, -32600, -32600, -32601, -32602]);
  });

  it("answers no notification, and no answer", async () => {
    const { answer, sent } = serve();
    await answer('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    await answer('{"jsonrpc":"2.0","id":7,"result":{}}');
    expect(sent).toEqual([]);
  });

  it("runs one command at a time, and none that was cancelled before its turn", async () => {
    const started: string[] = [];
    const ends: (() => void)[] = [];
    const { answer, sent } = serve({
      run: async ([name = ""], { interrupted }) => {
        started.push(name);
        await new Promise<void>((resolve) => {
          ends.push(resolve);
          interrupted.addEventListener("abort", () => resolve());
        });
        return 0;
      },
    });
    const line = (id: number, name: string) =>
      JSON.stringify({ id, method: "tools/call", params: { name } });
    const cancel = (requestId: number) =>
      answer(JSON.stringify({ method: "notifications/cancelled", params: { requestId } }));
    const all = [answer(line(1, "status")), answer(line(2, "cost")), answer(line(3, "explain"))];
    await cancel(2);
    await cancel(1);
    await expect.poll(() => started).toEqual(["status", "explain"]);
    ends.at(-1)?.();
    await Promise.all(all);
    expect(sent.map(({ id }) => id)).toEqual([3]);
  });

  it("gives errors of the command line as they are", async () => {
    const run: CommandLine["run"] = async (args, { terminal }) => {
      const said = await lambdakit(args);
      terminal.out(said.stdout.trim());
      return said.exitCode;
    };
    const { result } = await serve({ run }).call("explain");
    const { error } = JSON.parse(result.content[0].text);
    expect([result.isError, error.code]).toEqual([true, "MANIFEST_NOT_FOUND"]);
    expect(error.fix).toContain("--service");
  });
});

function schemaOf({ inputSchema }: { readonly inputSchema: unknown }): unknown {
  return inputSchema;
}

/** Whether a command that might change something would be about PROD, or about what is not known. */
function changesProduction(args: readonly string[]): boolean {
  const named = commandOf(args);
  if (named === undefined) return true;
  const { command, rest } = named;
  const input = (() => {
    try {
      return parseInput(command, rest);
    } catch {
      // It ends with the mistake, before anything is done.
      return undefined;
    }
  })();
  if (input === undefined) return false;
  if (input.text("service") !== "/services/orders") return true;
  const { name } = command;
  if (name === "releases") return false;
  if (name === "generate") return !input.flag("check");
  // Prints edits, and makes none.
  if (onlyLook.includes(name)) return input.flag("fix");
  if (!["package", "plan", "deploy", "promote", "rollback", "verify", "invoke"].includes(name)) {
    return true;
  }
  const environment = name === "promote" ? input.text("to") : input.text("env");
  const leadsElsewhere = input.text("url") !== undefined || input.text("profile") !== undefined;
  return leadsElsewhere || (name !== "package" && (environment ?? "prod") === "prod");
}
