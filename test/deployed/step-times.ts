/** Says on standard error what a long test has done, and how long that took. */

export function say(what: string): void {
  process.stderr.write(`  ${what}\n`);
}

export async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  say(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}
