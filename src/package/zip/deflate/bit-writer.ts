/**
 * Packs bits into bytes, the first into the lowest place.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.1.1
 */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  /** Bits that make no whole byte yet. */
  #pending = 0;
  #pendingCount = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Adds the lowest `count` bits of a value, which has no others: 16 at most. */
  write(value: number, count: number): void {
    this.#pending |= value << this.#pendingCount;
    this.#pendingCount += count;
    while (this.#pendingCount >= 8) {
      this.#push(this.#pending & 0xff);
      this.#pending >>>= 8;
      this.#pendingCount -= 8;
    }
  }

  /** Begins a new byte, if one was begun. */
  align(): void {
    if (this.#pendingCount > 0) this.write(0, 8 - this.#pendingCount);
  }

  /** Adds whole bytes. Only after `align`. */
  writeBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  finish(): Uint8Array {
    this.align();
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
