/**
 * Keeps a sample of whatever is offered, however much that is: each one has the same chance to be in it, and no more than
 * the sample is ever held. Vitter's algorithm R.
 *
 * @see https://doi.org/10.1145/3147.3165 (2026-11-27)
 */
export class Reservoir<Kept> {
  readonly #size: number;
  readonly #random: () => number;
  readonly #kept: Kept[] = [];
  #offered = 0;

  /** @param random gives numbers from 0 to below 1 */
  constructor(size: number, random: () => number) {
    this.#size = size;
    this.#random = random;
  }

  offer(one: Kept): void {
    this.#offered += 1;
    if (this.#kept.length < this.#size) this.#kept.push(one);
    else {
      const place = Math.floor(this.#random() * this.#offered);
      if (place < this.#size) this.#kept[place] = one;
    }
  }

  get offered(): number {
    return this.#offered;
  }

  get kept(): readonly Kept[] {
    return this.#kept;
  }
}
