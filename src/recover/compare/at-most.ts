/** How sure a statement about a sample is. */
export const confidence = 0.95;

/**
 * The share that at most differs, where some of a sample do: with 95 % confidence, the true share is not higher. It is the
 * upper bound of Clopper and Pearson on one side, which is exact: of a share above it, a sample would show so few in
 * less than 5 % of all cases. Where none differ it is close to 3 divided by the sample ("the rule of three"). A sample of a
 * table, in which no item comes twice, makes it no less sure.
 *
 * @param different how many of the sample differ
 * @param sampled how many were looked at, at random
 * @returns 0 to 1
 * @see Clopper and Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934), 404-413
 * @see https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm (2026-11-27)
 */
export function atMost(different: number, sampled: number): number {
  if (different >= sampled) return 1;
  let [low, high] = [different / sampled, 1];
  // Halved so often, it is exact to the last digit of a number.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atMostSoMany(different, sampled, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability that of so many, so few or fewer differ, where each one does with this probability. */
function atMostSoMany(few: number, many: number, probability: number): number {
  const ratio = Math.log(probability) - Math.log1p(-probability);
  // By their logarithms: the first term alone may be too small for a number.
  let term = many * Math.log1p(-probability);
  let sum = Math.exp(term);
  for (let count = 1; count <= few; count += 1) {
    term += Math.log((many - count + 1) / count) + ratio;
    sum += Math.exp(term);
  }
  return sum;
}
