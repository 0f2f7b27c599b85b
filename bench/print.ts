/** What every benchmark prints with: lines, tables in Markdown, and what becomes of many numbers. */

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const line = (cells: readonly (string | number)[]) => print(`| ${cells.join(" | ")} |`);
  line(head);
  line(head.map(() => "---"));
  rows.forEach(line);
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The nearest of the values, and never one between two. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
