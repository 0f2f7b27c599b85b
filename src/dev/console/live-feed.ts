import type { ServerResponse } from "node:http";

/** A page that reads slower than this is cut off: it asks again, and gets everything that counts. */
const maxUnreadBytes = 4 * 1024 * 1024;

/** Changes within this time are told together. */
const gatherMilliseconds = 60;

export interface FeedSource {
  /** Everything, for a page that has just come. */
  everything(): unknown;
  /** What has changed since it was asked last. */
  changes(): unknown;
}

/**
 * Tells every open page what changes, as Server-Sent Events. While no page is open, a change costs
 * one comparison.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class LiveFeed {
  readonly #source: FeedSource;
  readonly #pages = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  constructor(source: FeedSource) {
    this.#source = source;
  }

  /** Whether anybody looks. */
  get isWatched(): boolean {
    return this.#pages.size > 0;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
    });
    // What was gathered goes to those who were there before: the new page gets it with everything.
    if (this.#timer !== undefined) this.#tell();
    response.write(`retry: 500\n\n${message("everything", this.#source.everything())}`);
    this.#pages.add(response);
    response.once("close", () => this.#pages.delete(response));
  }

  /** Something has changed. */
  touch(): void {
    if (!this.isWatched || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#tell(), gatherMilliseconds).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.isWatched) return;
    const text = message("changes", this.#source.changes());
    for (const page of this.#pages) {
      if (page.writableLength > maxUnreadBytes) page.destroy();
      else page.write(text);
    }
  }
}

/** JSON has no line breaks, so one `data` line holds it. */
function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
