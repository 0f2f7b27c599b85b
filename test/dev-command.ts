/** `lambdakit dev` through the command line's front door, in this process. */
import { lambdakit, type Recording } from "./recording-terminal.ts";

export interface Visit {
  readonly url: string;
  /** Settles when the command has said something like this, on stdout or on stderr. */
  said(pattern: RegExp): Promise<void>;
}

/** Serves a folder in memory until the visit is over, and gives all that was said. */
export async function dev(
  service: string,
  args: readonly string[],
  visit: (visit: Visit) => Promise<unknown> = async () => {},
): Promise<Recording & { readonly exitCode: number }> {
  const ctrlC = new AbortController();
  let all = "";
  const waiting: (() => void)[] = [];
  let visited: Promise<unknown> | undefined;
  const note = (text: string) => {
    all += `${text}\n`;
    for (const wake of waiting.splice(0)) wake();
  };
  const said = async (pattern: RegExp) => {
    while (!pattern.test(all)) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const result = await lambdakit(
    ["dev", "--service", service, "--memory", "--port", "0", ...args],
    {
      interrupted: ctrlC.signal,
      onErr: note,
      onOut(text) {
        note(text);
        const url = /^\S+ on (http:\S+)$|^\{"type":"ready","url":"([^"]+)"/m.exec(text);
        if (url === null) return;
        visited = visit({ url: url[1] ?? url[2] ?? "", said });
        visited.catch(() => {}).finally(() => ctrlC.abort());
      },
    },
  );
  await visited;
  return result;
}
