import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { openWebSocket } from "./web-socket.ts";

/** A line of a source file, from 1. */
export interface Breakpoint {
  readonly file: string;
  readonly line: number;
}

/** A thread that stands at a breakpoint. */
export interface Pause extends Breakpoint {
  evaluate(expression: string): Promise<unknown>;
  resume(): Promise<unknown>;
}

export interface DebuggerClient {
  /** The next pause that nobody has asked for yet. */
  nextPause(): Promise<Pause>;
  /** Resolves when the connection has ended, from whichever side. */
  readonly closed: Promise<void>;
  close(): void;
}

/** @see https://chromedevtools.github.io/devtools-protocol/v8/ */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params: Happening;
  readonly result: Result;
  readonly error?: { readonly message: string };
}

interface Result {
  readonly result: { readonly value: unknown };
}

/** What events tell; each tells a part of it. */
interface Happening {
  readonly sessionId: string;
  readonly message: string;
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL: string;
  readonly reason: string;
  readonly data: { readonly scriptId: string };
  readonly callFrames: readonly {
    readonly callFrameId: string;
    readonly location: ScriptPlace & { readonly scriptId: string };
  }[];
}

/** Lines and columns of a script count from 0. */
interface ScriptPlace {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

type Call = (method: string, params?: object) => Promise<Result>;

/**
 * Attaches as an editor does: to the process, through it to every thread before its first line, and
 * at every script that has a source map to the breakpoint's place in it.
 */
export async function attachDebugger(url: string, at: Breakpoint): Promise<DebuggerClient> {
  const socket = await openWebSocket(url);
  const pauses: Pause[] = [];
  const waiting: ((pause: Pause) => void)[] = [];
  const onPause = (pause: Pause) => {
    const next = waiting.shift();
    if (next === undefined) pauses.push(pause);
    else next(pause);
  };
  const threads = new Map<string, (message: Message) => void>();
  const root = connection(
    (text) => socket.send(text),
    ({ method, params }) => {
      if (method === "NodeWorker.receivedMessageFromWorker") {
        threads.get(params.sessionId)?.(JSON.parse(params.message));
      }
      if (method !== "NodeWorker.attachedToWorker") return;
      const { sessionId } = params;
      const send = (message: string) =>
        void root.call("NodeWorker.sendMessageToWorker", { sessionId, message }).catch(() => {});
      const thread = threadOf(send, at, onPause);
      threads.set(sessionId, thread.receive);
      void thread.start();
    },
  );
  socket.onText((text) => root.receive(JSON.parse(text)));
  const closed = new Promise<void>((resolve) => socket.onClose(resolve));
  await root.call("NodeWorker.enable", { waitForDebuggerOnStart: true });
  return {
    nextPause: async () => pauses.shift() ?? new Promise<Pause>((resolve) => waiting.push(resolve)),
    closed,
    close: () => socket.close(),
  };
}

/** Calls and their answers, by their ids. */
function connection(send: (text: string) => void, onEvent: (message: Message) => void) {
  const calls = new Map<number, (message: Message) => void>();
  let last = 0;
  const call: Call = (method, params = {}) => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      calls.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      send(JSON.stringify({ id, method, params }));
    });
  };
  const receive = (message: Message) => {
    if (message.id === undefined) onEvent(message);
    else calls.get(message.id)?.(message);
  };
  return { call, receive };
}

function threadOf(send: (text: string) => void, at: Breakpoint, onPause: (pause: Pause) => void) {
  const maps = new Map<string, ScriptMap>();
  const { call, receive } = connection(send, ({ method, params }) => {
    if (method === "Debugger.scriptParsed" && params.sourceMapURL) {
      maps.set(params.scriptId, readMap(params));
    }
    if (method === "Debugger.paused") void stopped(params);
  });
  const stopped = async ({ reason, data, callFrames: [frame] }: Happening) => {
    // The first line of a thread that was held: nobody asked for that.
    if (reason === "Break on start") return call("Debugger.resume");
    if (reason === "instrumentation") {
      const place = maps.get(data.scriptId)?.generated(at);
      const location = { scriptId: data.scriptId, ...place };
      if (place !== undefined) await call("Debugger.setBreakpoint", { location });
      return call("Debugger.resume");
    }
    if (frame === undefined) return undefined;
    const { callFrameId, location } = frame;
    return onPause({
      ...(maps.get(location.scriptId)?.source(location) ?? { file: "", line: 0 }),
      resume: () => call("Debugger.resume"),
      async evaluate(expression) {
        const { result } = await call("Debugger.evaluateOnCallFrame", { callFrameId, expression });
        return result.value;
      },
    });
  };
  return {
    receive,
    async start() {
      await call("Runtime.enable");
      await call("Debugger.enable");
      await call("Debugger.setInstrumentationBreakpoint", {
        instrumentation: "beforeScriptWithSourceMapExecution",
      });
      await call("Runtime.runIfWaitingForDebugger");
    },
  };
}

interface ScriptMap {
  generated(at: Breakpoint): ScriptPlace | undefined;
  source(place: ScriptPlace): Breakpoint;
}

/** Finds the map as an editor does: beside the script, and its sources beside the map. */
function readMap({ url, sourceMapURL }: Pick<Happening, "url" | "sourceMapURL">): ScriptMap {
  const mapUrl = new URL(sourceMapURL, url);
  const map = new SourceMap(JSON.parse(readFileSync(mapUrl, "utf8")));
  const lines = readFileSync(fileURLToPath(url), "utf8").split("\n");
  const source = (lineNumber: number, columnNumber: number) => {
    const entry = map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in entry)) return { file: "", line: 0 };
    const file = fileURLToPath(new URL(entry.originalSource, mapUrl));
    return { file, line: entry.originalLine + 1 };
  };
  return {
    source: ({ lineNumber, columnNumber }) => source(lineNumber, columnNumber),
    generated({ file, line }) {
      for (const [lineNumber, text] of lines.entries()) {
        for (let columnNumber = 0; columnNumber < text.length; columnNumber++) {
          const found = source(lineNumber, columnNumber);
          if (found.file === file && found.line === line) return { lineNumber, columnNumber };
        }
      }
      return undefined;
    },
  };
}
