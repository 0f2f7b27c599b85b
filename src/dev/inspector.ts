import inspector from "node:inspector";
import { LambdakitError } from "../errors/index.ts";
import { nextFreePort } from "./free-port.ts";
import { resumeThreads } from "./resume-threads.ts";

/** A debugger's way in. */
export interface Inspector {
  /** `ws://127.0.0.1:9229/…`: for editors, and for Chrome at `chrome://inspect`. */
  readonly url: string;
  readonly port: number;
  /** Lets go on whatever debuggers have stopped, and sends them away. To be called before threads are ended. */
  close(): Promise<void>;
}

/**
 * Lets debuggers of this machine attach to this process. Through its `NodeWorker` domain they reach
 * every worker thread too, those that start later included, and can hold each before its first line:
 * editors do, so that breakpoints are there in time.
 *
 * Where the process is being debugged already (`node --inspect`, or an editor that started it), that
 * way in is the answer, whatever the port.
 *
 * @param port 0 takes any free port
 * @throws {LambdakitError} DEV_PORT_IN_USE
 * @see https://nodejs.org/api/inspector.html#inspectoropenport-host-wait
 */
export async function openInspector(port: number): Promise<Inspector> {
  if (inspector.url() === undefined) await open(port);
  const url = inspector.url() ?? "";
  return {
    url,
    port: Number(new URL(url).port),
    async close() {
      await resumeThreads();
      // Or the end of the process would wait for every debugger to leave by itself.
      inspector.close();
    },
  };
}

/** Of a port that is taken, Node.js writes to stderr and throws nothing: ask before, and look after. */
async function open(port: number): Promise<void> {
  const free = port === 0 ? 0 : await nextFreePort(port);
  if (free === port) inspector.open(port, "127.0.0.1");
  if (inspector.url() !== undefined) return;
  throw new LambdakitError("DEV_PORT_IN_USE", {
    message: `Port ${port}, for debuggers, is in use or needs more rights than you have.`,
    fix: `lambdakit dev --inspect ${free}`,
    at: "--inspect",
  });
}
