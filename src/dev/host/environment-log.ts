import type { HostEvent } from "./host-event.ts";
import { InvocationLog } from "./invocation-log.ts";

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
  }

  /** @returns all that was written since the end of the invocation before */
  end(): readonly string[] {
    const { lines } = this.#kept;
    this.#kept = new InvocationLog();
    this.#requestId = undefined;
    return lines;
  }

  /** A line of Lambda's own. */
  platform(line: string): void {
    this.#add(line, true);
  }

  /** A line of the function's. */
  output(line: string): void {
    this.#add(line, false);
  }

  #add(line: string, platform: boolean): void {
    this.#kept.add(line);
    const event = { type: "output", function: this.#functionKey, line, platform } as const;
    const requestId = this.#requestId;
    this.#onEvent(requestId === undefined ? event : { ...event, requestId });
  }
}
