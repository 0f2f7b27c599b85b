/** A bit has so many parts here: so many that sums for a segment still fit into 32 bits. */
export const bitParts = 64;

const digits = 6;
const tableBits = 11;
const table = Uint16Array.from({ length: 1 << tableBits }, (_, value) => exactly(value));

/**
 * The logarithm of a whole number to base 2, in parts of a bit; that of 0 is 0. `Math.log2` may have another
 * last digit on another machine, and one digit can decide what is written.
 */
export function log2(value: number): number {
  const shift = Math.max(0, 32 - tableBits - Math.clz32(value));
  return (table[value >>> shift] as number) + shift * bitParts;
}

/** What is left of the value, between 1 and 2, is squared for each further binary digit. */
function exactly(value: number): number {
  if (value === 0) return 0;
  const one = 0x1_0000;
  let result = 31 - Math.clz32(value);
  let left = (value * one) >>> result;
  for (let digit = 0; digit < digits; digit += 1) {
    left = Math.floor((left * left) / one);
    const isSet = left >= 2 * one;
    if (isSet) left >>>= 1;
    result = 2 * result + (isSet ? 1 : 0);
  }
  return result;
}
