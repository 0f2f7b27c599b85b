import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";

/**
 * A line that somebody types without seeing it, or, where nobody types, all that comes on stdin, without the line
 * break that programs put at its end.
 *
 * @returns undefined where whoever was asked did not answer
 */
export async function readHidden(question: string, canAsk: boolean): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return (await text(stdin)).replace(/\r?\n$/, "");
  if (!canAsk) return undefined;
  stderr.write(question);
  // What is typed is echoed to nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  try {
    return await lines.question("");
  } catch {
    // Ctrl-C and Ctrl-D.
    return undefined;
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
