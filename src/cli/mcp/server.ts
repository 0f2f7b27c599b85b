import { exitCodes, LambdakitError } from "../../errors/index.ts";
import type { Command, CommandLine } from "../command.ts";
import { errorJson } from "../print-error.ts";
import { toolkitVersion } from "../toolkit-version.ts";
import { offers } from "./offers.ts";
import { structuredContentOf } from "./structured-content.ts";
import { argumentsOf, toolName, toolOf } from "./tool.ts";

/**
 * The revisions of the protocol that are spoken, the newest first. Of what they differ in, one thing is used here.
 *
 * @see https://modelcontextprotocol.io/specification/versioning (2026-11-27)
 */
const newest = "2025-11-25";
const revisions = [newest, "2025-06-18", "2025-03-26", "2024-11-05"];

/**
 * The first revision in which tools give data, and say of which form it is. Dates are in the order of letters.
 *
 * @see https://modelcontextprotocol.io/specification/2025-06-18/changelog (2026-11-28)
 */
const firstWithData = "2025-06-18";

/** As JSON-RPC numbers them. @see https://www.jsonrpc.org/specification#error_object (2026-11-27) */
const faults = { parse: -32700, request: -32600, method: -32601, params: -32602 } as const;

export interface ServerOptions {
  readonly commands: readonly Command[];
  readonly run: CommandLine["run"];
  /** The service's folder: all tools are about this one. */
  readonly directory: string;
  readonly allowChanges: boolean;
  /** Takes an answer. */
  readonly send: (message: object) => void;
}

interface Request {
  readonly id: string | number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Answers what a client of the Model Context Protocol asks: which tools there are, and what one says. A tool is
 * a command with its flags, run in this process, one after the other.
 *
 * @returns takes one line of the client; resolves once it is answered
 */
export function createServer(options: ServerOptions): (line: string) => Promise<void> {
  const { send } = options;
  const running = new Map<unknown, AbortController>();
  let last: Promise<unknown> = Promise.resolve();
  let revision = newest;

  const answer = async ({ id, method, params }: Request): Promise<object | undefined> => {
    if (method === "initialize") {
      revision = revisions.find((known) => known === params.protocolVersion) ?? newest;
      return { result: introduction(revision, options) };
    }
    if (method === "ping") return { result: {} };
    if (method === "tools/list")
      return { result: { tools: tools(options, revision >= firstWithData) } };
    if (method !== "tools/call") {
      return { error: { code: faults.method, message: `There is no method ${method}.` } };
    }
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    // One command at a time: two deployments at once would be nobody's wish.
    const turn = last.then(() =>
      signal.aborted ? undefined : call(params, signal, options, revision >= firstWithData),
    );
    last = turn;
    const said = await turn;
    running.delete(id);
    // No answer then. https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/cancellation (2026-11-27)
    return signal.aborted ? undefined : said;
  };

  return async (line) => {
    const message = parsed(line);
    if (message === undefined) return send(failure(null, faults.parse, "This is no JSON."));
    const { id, method, params } = Object(message);
    if (typeof method !== "string") {
      // Answers to questions of ours: there are none.
      if (id !== undefined && method === undefined && !Array.isArray(message)) return;
      return send(failure(null, faults.request, "This is no request."));
    }
    if (id === undefined) {
      if (method === "notifications/cancelled") running.get(Object(params).requestId)?.abort();
      return;
    }
    const said = await answer({ id, method, params: Object(params) });
    if (said !== undefined) send({ jsonrpc: "2.0", id, ...said });
  };
}

function introduction(protocolVersion: string, { allowChanges }: ServerOptions) {
  return {
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: "lambdakit", version: toolkitVersion() },
    instructions: `One AWS Lambda service, as its service.ts says. ${
      allowChanges ? "Tools that change something do so in DEV and SIT." : "Tools only look."
    } None changes PROD. An answer is what lambdakit prints with --json; an error has a code and a fix.`,
  };
}

function tools({ commands, allowChanges }: ServerOptions, withData: boolean) {
  return offers(allowChanges).flatMap((offer) => {
    const command = commands.find(({ name }) => name === offer.command);
    return command === undefined ? [] : [toolOf(offer, command, withData)];
  });
}

async function call(
  { name, arguments: input }: Request["params"],
  interrupted: AbortSignal,
  { commands, run, directory, allowChanges }: ServerOptions,
  withData: boolean,
): Promise<object> {
  const isMeant = (offer: { command: string }) => toolName(offer.command) === name;
  const offer = offers(allowChanges).find(isMeant);
  const command = commands.find((one) => one.name === offer?.command);
  if (offer === undefined || command === undefined) {
    return offers(true).some(isMeant)
      ? { result: refused(onlyWithChanges(String(name))) }
      : { error: { code: faults.params, message: `There is no tool ${String(name)}.` } };
  }
  let args: string[];
  try {
    args = argumentsOf(offer, command, directory, input ?? {});
  } catch (error) {
    if (error instanceof LambdakitError) return { result: refused(error) };
    throw error;
  }
  const said = { out: [] as string[], err: [] as string[] };
  const exitCode = await run(args, {
    interrupted,
    terminal: {
      out: (text) => void said.out.push(text),
      err: (text) => void said.err.push(text),
      color: false,
      columns: 80,
      unicode: true,
      isScreen: false,
      ask: async () => undefined,
      confirm: async () => undefined,
      readHidden: async () => undefined,
    },
  });
  const data = withData ? structuredContentOf(command.name, said.out) : undefined;
  const texts = [said.out, said.err].filter((lines) => lines.length > 0);
  return {
    result: {
      content: texts.map((lines) => ({ type: "text", text: lines.join("\n") })),
      ...(data !== undefined && { structuredContent: data }),
      // Findings and differences are what was asked for.
      isError: exitCode !== exitCodes.ok && exitCode !== exitCodes.differences,
    },
  };
}

function onlyWithChanges(tool: string): LambdakitError {
  return new LambdakitError("MCP_NOT_OFFERED", {
    message: `${tool} changes something, and this server only looks. Nothing was done.`,
    fix: "lambdakit mcp --allow-changes",
  });
}

function refused(error: LambdakitError): object {
  return { content: [{ type: "text", text: errorJson(error) }], isError: true };
}

function failure(id: null, code: number, message: string): object {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
