/**
 * Calls back when nothing has been under way for a while, once after each time that something was.
 * For work that nobody is to wait for.
 */
export class WhenQuiet {
  readonly #milliseconds: number;
  readonly #action: () => void;
  #underWay = 0;
  #endedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, action: () => void) {
    this.#milliseconds = milliseconds;
    this.#action = action;
  }

  begin(): void {
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
    this.#endedAt = performance.now();
    // One timer for many requests: a new one for each would be work, too.
    if (this.#underWay === 0) this.#timer ??= this.#lookAfter(this.#milliseconds);
  }

  /** Does not call back any more, unless something begins and ends. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lookAfter(milliseconds: number): NodeJS.Timeout {
    const look = () => {
      this.#timer = undefined;
      if (this.#underWay > 0) return;
      const left = this.#endedAt + this.#milliseconds - performance.now();
      if (left > 0) this.#timer = this.#lookAfter(left);
      else this.#action();
    };
    return setTimeout(look, milliseconds).unref();
  }
}
