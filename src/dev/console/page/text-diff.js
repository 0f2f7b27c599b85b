/** @typedef {{readonly sign: "+" | "-" | " ", readonly text: string}} DiffLine */

/** Above this many comparisons, everything between the first and the last difference counts as new. */
const maxComparisons = 4_000_000;

/**
 * What is different, line by line; a comma at the end does not count.
 *
 * @param {string | null} before null where there was nothing
 * @param {string | null} after null where there will be nothing
 * @returns {DiffLine[]}
 */
export function diffLines(before, after) {
  const old = before === null ? [] : before.split("\n");
  const made = after === null ? [] : after.split("\n");
  let head = 0;
  while (head < old.length && head < made.length && same(old[head], made[head])) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < made.length - head &&
    same(old[old.length - 1 - tail], made[made.length - 1 - tail])
  ) {
    tail += 1;
  }
  const lines = (/** @type {readonly string[]} */ list, /** @type {DiffLine["sign"]} */ sign) =>
    list.map((text) => ({ sign, text }));
  return [
    ...lines(made.slice(0, head), " "),
    ...middle(old.slice(head, old.length - tail), made.slice(head, made.length - tail)),
    ...lines(made.slice(made.length - tail), " "),
  ];
}

/**
 * By the longest common subsequence.
 *
 * @param {readonly string[]} old
 * @param {readonly string[]} made
 * @returns {DiffLine[]}
 */
function middle(old, made) {
  /** @type {DiffLine[]} */
  const lines = [];
  const isTooLong = old.length * made.length > maxComparisons;
  const lengths = isTooLong ? [] : commonLengths(old, made);
  let i = 0;
  let j = 0;
  while (i < old.length || j < made.length) {
    const [oldLine, newLine] = [old[i], made[j]];
    if (!isTooLong && i < old.length && j < made.length && same(oldLine, newLine)) {
      lines.push({ sign: " ", text: newLine ?? "" });
      i += 1;
      j += 1;
    } else if (
      j >= made.length ||
      (i < old.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))
    ) {
      lines.push({ sign: "-", text: oldLine ?? "" });
      i += 1;
    } else {
      lines.push({ sign: "+", text: newLine ?? "" });
      j += 1;
    }
  }
  return lines;
}

/**
 * @param {readonly string[]} old
 * @param {readonly string[]} made
 */
function commonLengths(old, made) {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(made.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = made.length - 1; j >= 0; j -= 1) {
      const value = same(old[i], made[j])
        ? at(lengths, i + 1, j + 1) + 1
        : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      lengths[i]?.set([value], j);
    }
  }
  return lengths;
}

/**
 * @param {readonly Uint32Array[]} lengths
 * @param {number} i
 * @param {number} j
 */
function at(lengths, i, j) {
  return lengths[i]?.[j] ?? 0;
}

/**
 * @param {string | undefined} one
 * @param {string | undefined} other
 */
function same(one, other) {
  return one?.replace(/,$/, "") === other?.replace(/,$/, "");
}
