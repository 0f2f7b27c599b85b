/** How far the clock of this machine is behind AWS's, as the last answer has said. */
let behindMilliseconds = 0;

/** A `Date` header has whole seconds, and is on the way for a while: less than this says nothing. */
const certainMilliseconds = 2_000;

interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Next) => (input: never) => Promise<{ response: unknown }>,
      options: { readonly step: "deserialize"; readonly name: string },
    ): void;
  };
}
type Next = (input: never) => Promise<{ response: unknown }>;

/** Lets the answers to a client say what time it is. */
export function keepTime<Kept>(client: Kept): Kept {
  (client as Client).middlewareStack.add(
    (next) => async (input) => {
      const answered = await next(input);
      noteTime(Object(Object(answered.response).headers).date, Date.now());
      return answered;
    },
    { step: "deserialize", name: "keepTime" },
  );
  return client;
}

/** @param date as the header `Date` has it */
export function noteTime(date: unknown, now: number): void {
  const seen = Date.parse(String(date));
  if (Number.isNaN(seen)) return;
  // What is cut off is half a second in the mean.
  const behind = seen + 500 - now;
  behindMilliseconds = Math.abs(behind) < certainMilliseconds ? 0 : behind;
}

/**
 * AWS's time, in milliseconds since 1970: that of this machine, corrected by the last answer where it is
 * wrong. A laptop that was asleep may be minutes behind, and would ask for log lines of another hour.
 */
export function awsNow(): number {
  return Date.now() + behindMilliseconds;
}
