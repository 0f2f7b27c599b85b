/** Changes of a text at places of its own, all made at once, so that none moves the place of another. */
export class Splices {
  readonly #source: string;
  readonly #all: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** Writes a text in the place of what stands from `start` to before `end`. */
  replace(start: number, end: number, text: string): void {
    this.#all.push({ start, end, text });
  }

  text(): string {
    const ordered = this.#all
      .map((one, order) => ({ ...one, order }))
      .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
    let text = "";
    let at = 0;
    for (const { start, end, text: inserted } of ordered) {
      text += this.#source.slice(at, start) + inserted;
      at = end;
    }
    return text + this.#source.slice(at);
  }
}
