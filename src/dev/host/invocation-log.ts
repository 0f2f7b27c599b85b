/** Lambda's log tail is 4 KB; a page that shows a request's log wants more. */
const keptCharacters = 128 * 1024;

/** The lines of one invocation. Of a long log the end is kept. */
export class InvocationLog {
  #lines: string[] = [];
  #characters = 0;

  add(line: string): void {
    const kept = line.length > keptCharacters ? line.slice(-keptCharacters) : line;
    this.#lines.push(kept);
    this.#characters += kept.length;
    if (this.#characters > 2 * keptCharacters) this.#trim();
  }

  get lines(): readonly string[] {
    this.#trim();
    return this.#lines;
  }

  /** Not at each line: taking one off the front moves all the others. */
  #trim(): void {
    let dropped = 0;
    while (this.#characters > keptCharacters) {
      this.#characters -= this.#lines[dropped]?.length ?? 0;
      dropped += 1;
    }
    if (dropped > 0) this.#lines = this.#lines.slice(dropped);
  }
}
