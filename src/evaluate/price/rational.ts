/**
 * A number that is exact: a fraction of two whole numbers. Prices have up to ten decimals and are
 * multiplied by billions; sums of floating-point numbers would depend on their order.
 */
export class Rational {
  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);
  readonly #numerator: bigint;
  /** Always positive, and without a factor that the numerator has as well. */
  readonly #denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.#numerator = numerator;
    this.#denominator = denominator;
  }

  /**
   * @param value a whole number, or a text such as `0.0000133334`
   * @throws {RangeError} where it is no decimal number
   */
  static of(value: number | bigint | string): Rational {
    const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
    if (parts === null) throw new RangeError(`${value} is no decimal number`);
    const [, sign = "", whole = "", decimals = ""] = parts;
    return Rational.#reduced(BigInt(sign + whole + decimals), 10n ** BigInt(decimals.length));
  }

  static sum(terms: Iterable<Rational>): Rational {
    let total = Rational.zero;
    for (const term of terms) total = total.plus(term);
    return total;
  }

  static #reduced(numerator: bigint, denominator: bigint): Rational {
    const divisor = greatestCommonDivisor(numerator, denominator);
    return new Rational(numerator / divisor, denominator / divisor);
  }

  plus(other: Rational): Rational {
    return Rational.#reduced(
      this.#numerator * other.#denominator + other.#numerator * this.#denominator,
      this.#denominator * other.#denominator,
    );
  }

  minus(other: Rational): Rational {
    return this.plus(new Rational(-other.#numerator, other.#denominator));
  }

  times(other: Rational): Rational {
    return Rational.#reduced(
      this.#numerator * other.#numerator,
      this.#denominator * other.#denominator,
    );
  }

  /** @throws {RangeError} where the other is zero */
  dividedBy(other: Rational): Rational {
    if (other.#numerator === 0n) throw new RangeError("divided by zero");
    const sign = other.#numerator < 0n ? -1n : 1n;
    return Rational.#reduced(
      sign * this.#numerator * other.#denominator,
      sign * this.#denominator * other.#numerator,
    );
  }

  /** Negative, zero or positive, as this is below, equal to or above the other. */
  compare(other: Rational): number {
    const difference = this.#numerator * other.#denominator - other.#numerator * this.#denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  atMost(other: Rational): Rational {
    return this.compare(other) <= 0 ? this : other;
  }

  atLeast(other: Rational): Rational {
    return this.compare(other) >= 0 ? this : other;
  }

  get isZero(): boolean {
    return this.#numerator === 0n;
  }

  /** The smallest whole number that is not below it: what is begun counts. */
  ceiling(): Rational {
    const whole = this.#numerator / this.#denominator;
    const isAbove = this.#numerator > 0n && this.#numerator % this.#denominator !== 0n;
    return new Rational(isAbove ? whole + 1n : whole, 1n);
  }

  /** With so many decimals, half away from zero. */
  toFixed(decimals: number): string {
    const scaled = this.#numerator * 10n ** BigInt(decimals);
    const size = scaled < 0n ? -scaled : scaled;
    const rounded = (2n * size + this.#denominator) / (2n * this.#denominator);
    const digits = String(rounded).padStart(decimals + 1, "0");
    const sign = scaled < 0n && rounded !== 0n ? "-" : "";
    const whole = digits.slice(0, digits.length - decimals);
    return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
  }

  /** For JSON, rounded to a millionth. */
  toNumber(): number {
    return Number(this.toFixed(6));
  }
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
