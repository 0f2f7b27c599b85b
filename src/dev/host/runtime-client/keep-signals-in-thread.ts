import { constants } from "node:os";

const numbers: Readonly<Record<string, number | undefined>> = constants.signals;

/**
 * Makes `process.kill` safe in a thread, whose process is the whole tool: a signal to the function's own
 * process ends the thread, with the status that a shell would give it, and the processes around it are
 * somebody else's, as in Lambda.
 */
export function keepSignalsInThread(): void {
  const kill = process.kill.bind(process);
  process.kill = (pid, signal = "SIGTERM") => {
    const number = typeof signal === "number" ? signal : numbers[signal];
    // 0 only asks; what is no signal is for Node.js to refuse.
    if (number === 0 || number === undefined) return kill(pid, signal);
    if (pid === 0 || Math.abs(pid) === process.pid) process.exit(128 + number);
    if (pid === -1 || Math.abs(pid) === process.ppid) throw notPermitted();
    return kill(pid, signal);
  };
}

function notPermitted(): Error {
  return Object.assign(new Error("kill EPERM"), { errno: -1, code: "EPERM", syscall: "kill" });
}
