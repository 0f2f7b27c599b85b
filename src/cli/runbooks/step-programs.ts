import { runProgram } from "../../system/index.ts";
import { thisProgram } from "../this-program.ts";
import type { Ended, KeptUp, StepPorts } from "./run-steps.ts";

/** Commands as a person would type them in the folder of `service.ts`: this program as itself, others by their names. */
export function stepPrograms(
  directory: string,
  interrupted: AbortSignal,
  onLine: (line: string) => void,
): Pick<StepPorts, "run" | "keepUp"> {
  const start = async (
    words: readonly string[],
    end: AbortSignal,
    hear = onLine,
  ): Promise<Ended> => {
    const [program, ...args] = resolved(words);
    try {
      const { status, output, complaint } = await runProgram(program, args, {
        directory,
        interrupted: end,
        onLine: hear,
        onComplaint: hear,
      });
      return { exitCode: status, said: output, complained: complaint };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      const complained = `There is no ${words[0]} on this machine's PATH.`;
      onLine(complained);
      return { exitCode: 127, said: "", complained };
    }
  };
  return {
    run: (words) => start(words, interrupted),
    async keepUp(words, up): Promise<KeptUp> {
      const end = new AbortController();
      let resolve = (_isUp: true) => {};
      const isHeard = new Promise<true>((done) => {
        resolve = done;
      });
      const running = start(words, AbortSignal.any([interrupted, end.signal]), (line) => {
        onLine(line);
        if (line.includes(up)) resolve(true);
      });
      const isUp = await Promise.race([isHeard, running.then(() => false)]);
      return {
        isUp,
        stop() {
          end.abort();
          return running;
        },
      };
    },
  };
}

/** `lambdakit` is whatever runs now. */
function resolved([name = "", ...args]: readonly string[]): [string, ...string[]] {
  if (name !== "lambdakit") return [name, ...args];
  return [...thisProgram(), ...args];
}
