/** Whatever has a time. */
interface Timed {
  readonly timestamp: number;
}

/**
 * Merges sources, each in order of time, into one that is so too. Of the same millisecond, those of the earlier source
 * come first, each source's in its own order. Holds one page of each source, and asks for the next one meanwhile.
 *
 * @returns as many at a time as the pages that are there decide
 */
export async function* mergeByTime<Event extends Timed>(
  sources: readonly AsyncIterable<readonly Event[]>[],
): AsyncGenerator<readonly Event[]> {
  const cursors = sources.map((source) => new Cursor(source));
  try {
    for (;;) {
      await Promise.all(cursors.map((cursor) => cursor.fill()));
      const open = cursors.filter((cursor) => !cursor.isEmpty);
      if (open.length === 0) return;
      yield takeUntilOneIsEmpty(open);
    }
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.end()));
  }
}

function takeUntilOneIsEmpty<Event extends Timed>(cursors: readonly Cursor<Event>[]): Event[] {
  const taken: Event[] = [];
  for (;;) {
    let earliest: Cursor<Event> | undefined;
    for (const cursor of cursors) {
      if (cursor.isEmpty) return taken;
      if (earliest === undefined || cursor.time < earliest.time) earliest = cursor;
    }
    if (earliest === undefined) return taken;
    taken.push(earliest.take());
  }
}

class Cursor<Event extends Timed> {
  readonly #pages: AsyncIterator<readonly Event[]>;
  #next: Promise<IteratorResult<readonly Event[]>>;
  #page: readonly Event[] = [];
  #position = 0;
  #isDone = false;

  constructor(source: AsyncIterable<readonly Event[]>) {
    this.#pages = source[Symbol.asyncIterator]();
    this.#next = this.#ask();
  }

  get isEmpty(): boolean {
    return this.#position >= this.#page.length;
  }

  get time(): number {
    return (this.#page[this.#position] as Event).timestamp;
  }

  take(): Event {
    return this.#page[this.#position++] as Event;
  }

  /** Turns to the next page where this one is used up. */
  async fill(): Promise<void> {
    while (this.isEmpty && !this.#isDone) {
      const { done, value } = await this.#next;
      this.#position = 0;
      this.#page = done ? [] : value;
      if (done) this.#isDone = true;
      else this.#next = this.#ask();
    }
  }

  async end(): Promise<void> {
    // A page that is on its way is waited for: a generator cannot be ended before.
    await this.#pages.return?.();
  }

  #ask(): Promise<IteratorResult<readonly Event[]>> {
    const asked = this.#pages.next();
    // Its failure is thrown where it is waited for, which may be later.
    asked.catch(() => {});
    return asked;
  }
}
