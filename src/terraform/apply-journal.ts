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
    if (!this.#open || (message.type !== "done" && message.type !== "failed")) return;
    const { type, action, address } = message;
    appendLine(this.#file, JSON.stringify({ type, action, address }));
  }

  async end(): Promise<void> {
    this.#open = false;
    await removeFile(this.#file);
  }

  /** What the last apply had done, as far as it told; undefined where it came to its end. */
  async unfinished(): Promise<UnfinishedApply | undefined> {
    const text = await readTextFile(this.#file).catch(() => undefined);
    if (text === undefined) return undefined;
    const entries = text.split("\n").filter(Boolean).flatMap(readEntry);
    const of = (type: JournalEntry["type"]) =>
      entries
        .filter((one) => one.type === type)
        .map(({ action, address }) => `${action} ${address}`);
    return { done: of("done"), failed: of("failed") };
  }
}

/** An apply that failed, or that nobody has seen the end of. Each is such as `create aws_iam_role.this`. */
export interface UnfinishedApply {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

interface JournalEntry {
  readonly type: "done" | "failed";
  readonly action: string;
  readonly address: string;
}

function readEntry(line: string): JournalEntry[] {
  try {
    return [JSON.parse(line)];
  } catch {
    // The machine stopped while it was written.
    return [];
  }
}
