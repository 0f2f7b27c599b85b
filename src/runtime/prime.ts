import { lambdaInitialization } from "../names.ts";

export interface PrimeOptions {
  /** After so long the environment is ready without. @default 500 */
  readonly timeoutMilliseconds?: number;
}

/**
 * Does once what the first request would be the first to do, such as a read of the table: connect, and
 * load what is loaded when it is needed. To be awaited at the top of a module, where a function initialises:
 * Lambda gives it a whole CPU there, and later only its share, which with 256 MB is a seventh.
 *
 * It never fails, and does nothing outside of Lambda: a test that imports a handler calls no table.
 *
 * @param work what to do; its result and its failure are nobody's concern. The signal says when to give up
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html 1,769 MB are one vCPU
 */
export async function prime(
  work: (signal: AbortSignal) => Promise<unknown>,
  { timeoutMilliseconds = 500 }: PrimeOptions = {},
): Promise<void> {
  if (process.env[lambdaInitialization] === undefined) return;
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      resolve();
      abort.abort();
    }, timeoutMilliseconds);
  });
  // In a promise, so that what it throws at once is caught too.
  const done = Promise.resolve().then(() => work(abort.signal));
  await Promise.race([done.then(ignore, ignore), outOfTime]);
  clearTimeout(timer);
}

function ignore(): void {}
