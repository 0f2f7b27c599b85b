/**
 * Does something again and again, each time after a pause, until it is told to end, which waits for what is
 * under way. A time that fails is followed by the next, and the first failure is thrown at the end.
 *
 * @param forgives whether a failure is forgotten with the next success, because the next time makes up for it
 */
export function every(
  milliseconds: number,
  work: () => Promise<unknown>,
  forgives = false,
): () => Promise<void> {
  let failure: unknown;
  let ended = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const once = async () => {
    try {
      await work();
      if (forgives) failure = undefined;
    } catch (error) {
      failure ??= error;
    }
    if (!ended) next();
  };
  const next = () => {
    timer = setTimeout(() => {
      running = once();
    }, milliseconds);
  };
  next();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
    if (failure !== undefined) throw failure;
  };
}
