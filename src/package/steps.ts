/** One step of a long operation, when it is done. */
export interface Step {
  /** In the past tense: `bundled 5 functions`. */
  readonly what: string;
  readonly milliseconds: number;
}

/** Tells each step, with the time since the one before. */
export class Steps {
  readonly #onStep: (step: Step) => void;
  #last = performance.now();

  constructor(onStep: (step: Step) => void) {
    this.#onStep = onStep;
  }

  done(what: string): void {
    const now = performance.now();
    this.#onStep({ what, milliseconds: Math.round(now - this.#last) });
    this.#last = now;
  }
}
