/** What `npm run bench` was asked for. */
export interface BenchmarkOptions {
  /** In place of a benchmark's own number of rounds: fewer for a quick try, which proves nothing. */
  readonly rounds: number | undefined;
}
