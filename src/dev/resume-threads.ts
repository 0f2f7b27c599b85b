import { Session } from "node:inspector";

/**
 * Lets every worker thread that a debugger has stopped go on, now and until this process ends. A
 * thread that stands at a breakpoint cannot be ended, and holds up the end of the process; it goes on
 * standing there when its debugger is gone.
 *
 * For the main thread: no other can reach the rest.
 *
 * @see https://github.com/microsoft/vscode-js-debug/blob/main/src/targets/node/nodeWorkerTarget.ts
 */
export async function resumeThreads(): Promise<void> {
  const session = new Session();
  session.connect();
  let calls = 0;
  const tell = (sessionId: string, method: string) => {
    calls += 1;
    session.post("NodeWorker.sendMessageToWorker", {
      sessionId,
      message: JSON.stringify({ id: calls, method }),
    });
  };
  session.on("NodeWorker.attachedToWorker", ({ params: { sessionId } }) => {
    // Whoever enables the debugger of a thread that is stopped is told so at once.
    tell(sessionId, "Debugger.enable");
    tell(sessionId, "Runtime.runIfWaitingForDebugger");
  });
  session.on("NodeWorker.receivedMessageFromWorker", ({ params: { sessionId, message } }) => {
    if (JSON.parse(message).method === "Debugger.paused") tell(sessionId, "Debugger.resume");
  });
  await new Promise<void>((resolve) => {
    session.post("NodeWorker.enable", { waitForDebuggerOnStart: false }, () => resolve());
  });
}
