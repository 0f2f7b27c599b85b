import { constants } from "node:os";
import { exitError } from "../exit-error.ts";
import type { FunctionError } from "../invocation.ts";
import type { Ending } from "./guarded-process.ts";

/** The words for signals in Lambda's messages, which are those of the Go language. */
const signalNames: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: "aborted",
  SIGALRM: "alarm clock",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGPIPE: "broken pipe",
  SIGQUIT: "quit",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
  SIGTRAP: "trace/breakpoint trap",
  SIGUSR1: "user defined signal 1",
  SIGUSR2: "user defined signal 2",
};

/** What Lambda answers for a runtime that has ended, or could not be started. */
export function endingError(ending: Ending, requestId?: string): FunctionError {
  if ("status" in ending) return exitError(ending, requestId);
  if ("signal" in ending) {
    const { signal } = ending;
    const name = signalNames[signal] ?? `signal ${constants.signals[signal]}`;
    return exitError({ signal: name }, requestId);
  }
  const request = requestId === undefined ? "" : `RequestId: ${requestId} `;
  const errorMessage = `${request}Error: ${ending.notStarted}`;
  return { errorType: "Runtime.InvalidEntrypoint", errorMessage };
}
