/**
 * Lets work run together, or alone: work that runs alone starts when all work before it has ended,
 * and no other starts until it has ended itself. Turns are taken in the order of asking, so a stream
 * of work that may run together cannot keep the rest waiting.
 */
export class Turns {
  #alone: Promise<void> = Promise.resolve();
  readonly #together = new Set<Promise<void>>();

  together<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#alone.then(work);
    const end = ended(result);
    this.#together.add(end);
    void end.then(() => this.#together.delete(end));
    return result;
  }

  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = Promise.all([this.#alone, ...this.#together]).then(work);
    this.#alone = ended(result);
    return result;
  }
}

/** Settles with the work, and never rejects: a failure is for whoever asked for the work. */
async function ended(work: Promise<unknown>): Promise<void> {
  await work.catch(() => {});
}
