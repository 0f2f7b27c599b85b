/**
 * Does something again and again, each time after a pause, until it is told to end, which waits for what is
 * under way. A time that fails is followed by the next: the emulator may be busy or in the middle of
 * a change. What fails at the end of a test, too, is thrown then.
 */
export function every(milliseconds: number, work: () => Promise<unknown>): () => Promise<void> {
  let failure: unknown;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      running = work().then(
        () => {
          failure = undefined;
        },
        (error) => {
          failure = error;
        },
      );
      void running.then(() => {
        if (!ended) next();
      });
    }, milliseconds);
  };
  let ended = false;
  next();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
    if (failure !== undefined) throw failure;
  };
}
