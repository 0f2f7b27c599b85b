/**
 * What the runtime client needs of its surroundings, taken before the function's code can replace it:
 * a handler under test likes to freeze time or to forbid `process.exit`.
 */
export const exit: (status: number) => never = process.exit.bind(process);
export const { parse, stringify } = JSON;
export const now = performance.now.bind(performance);
export const { setImmediate } = globalThis;
