import type { WrittenLog } from "./invocation.ts";
import { endLine, type ReportFacts, reportLine, type Status, startLine } from "./platform-lines.ts";

/** Lambda's log tail is 4 KB; a page that shows a request's log wants more. */
const keptCharacters = 128 * 1024;

/** The lines of one invocation. Of a long log the end is kept. */
export class InvocationLog implements WrittenLog {
  /** Without `START`, `END` and `REPORT`. */
  #written: string[] = [];
  #characters = 0;
  /** How many were written before the invocation began. */
  #before = 0;
  #report: ReportFacts | undefined;
  #status: Status | undefined;

  add(line: string): void {
    const kept = line.length > keptCharacters ? line.slice(-keptCharacters) : line;
    this.#written.push(kept);
    this.#characters += kept.length;
    if (this.#characters > 2 * keptCharacters) this.#trim();
  }

  /** What was written until now is the init phase's. */
  begin(): void {
    this.#before = this.#written.length;
  }

  end(report: ReportFacts, status: Status | undefined): void {
    this.#trim();
    this.#report = report;
    this.#status = status;
  }

  get characters(): number {
    return this.#characters;
  }

  get lines(): readonly string[] {
    const report = this.#report;
    if (report === undefined) return this.#written;
    const { requestId } = report;
    return [
      ...this.#written.slice(0, this.#before),
      startLine(requestId),
      ...this.#written.slice(this.#before),
      endLine(requestId),
      reportLine(report, this.#status),
    ];
  }

  /** Not at each line: taking one off the front moves all the others. */
  #trim(): void {
    let dropped = 0;
    while (this.#characters > keptCharacters) {
      this.#characters -= this.#written[dropped]?.length ?? 0;
      dropped += 1;
    }
    if (dropped === 0) return;
    this.#written = this.#written.slice(dropped);
    this.#before = Math.max(0, this.#before - dropped);
  }
}
