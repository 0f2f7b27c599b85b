import type { HostEvent } from "./host-event.ts";
import type { WrittenLog } from "./invocation.ts";
import { InvocationLog } from "./invocation-log.ts";
import { endLine, type ReportFacts, reportLine, type Status, startLine } from "./platform-lines.ts";

/** The log stream of one environment: tells of each line, and keeps those of the present invocation. */
export class EnvironmentLog {
  readonly #functionKey: string;
  readonly #onEvent: (event: HostEvent) => void;
  /** What the init phase wrote belongs to the first invocation. */
  #kept = new InvocationLog();
  #requestId: string | undefined;

  constructor(functionKey: string, onEvent: (event: HostEvent) => void) {
    this.#functionKey = functionKey;
    this.#onEvent = onEvent;
  }

  /** The invocation that is under way. */
  get requestId(): string | undefined {
    return this.#requestId;
  }

  begin(requestId: string): void {
    this.#requestId = requestId;
    this.#kept.begin();
    this.#tell(startLine(requestId), true);
  }

  /** @returns all that was written since the end of the invocation before */
  end(report: ReportFacts, status: Status | undefined): WrittenLog {
    this.#tell(endLine(report.requestId), true);
    this.#tell(reportLine(report, status), true);
    const ended = this.#kept;
    ended.end(report, status);
    this.#kept = new InvocationLog();
    this.#requestId = undefined;
    return ended;
  }

  /** A line of Lambda's own. */
  platform(line: string): void {
    this.#kept.add(line);
    this.#tell(line, true);
  }

  /** A line of the function's. */
  output(line: string): void {
    this.#kept.add(line);
    this.#tell(line, false);
  }

  #tell(line: string, platform: boolean): void {
    const type = "output";
    const requestId = this.#requestId;
    this.#onEvent(
      requestId === undefined
        ? { type, function: this.#functionKey, line, platform }
        : { type, function: this.#functionKey, line, platform, requestId },
    );
  }
}
