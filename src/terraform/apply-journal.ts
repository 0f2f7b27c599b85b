import { appendLine, readTextFile, removeFile, replaceFile } from "../system/index.ts";
import type { Message } from "./message.ts";

/** What an apply has done so far, on disk: it is read where nobody could see its end. */
export class ApplyJournal {
  readonly #file: string;
  #open = false;

  constructor(file: string) {
    this.#file = file;
  }

  async begin(): Promise<void> {
    await replaceFile(this.#file, "");
    this.#open = true;
  }

  note(message: Message): void {
    if (!this.#open || message.type === "diagnostic") return;
    const { type, action, address } = message;
    appendLine(this.#file, JSON.stringify({ type, action, address }));
  }

  async end(): Promise<void> {
    this.#open = false;
    await removeFile(this.#file);
  }

  /** Undefined where the last apply came to its end; else one line for each thing that it has told. */
  async unfinished(): Promise<readonly string[] | undefined> {
    const text = await readTextFile(this.#file).catch(() => undefined);
    return text
      ?.split("\n")
      .filter(Boolean)
      .flatMap((line) => {
        try {
          const { type, action, address } = JSON.parse(line);
          return [`${type === "done" ? "" : "failed to "}${action} ${address}`];
        } catch {
          // The machine stopped while it was written.
          return [];
        }
      });
  }
}
