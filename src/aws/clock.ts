/** How far the clock of this machine is behind AWS's, as the last answer has said. */
let behindMilliseconds = 0;

/** A `Date` header has whole seconds, and machines are busy: less than this says nothing. */
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
      const begun = Date.now();
      const answered = await next(input);
      noteTime(Object(Object(answered.response).headers).date, begun, Date.now());
      return answered;
    },
    { step: "deserialize", name: "keepTime" },
  );
  return client;
}

/**
 * @param date as the header `Date` has it; it was written at some time between the call and the answer
 * @param begun when the call was made, by this machine's clock
 * @param ended when the answer was read
 */
export function noteTime(date: unknown, begun: number, ended: number): void {
  const written = Date.parse(String(date));
  if (Number.isNaN(written)) return;
  // What is cut off is half a second in the mean.
  const there = written + 500;
  const behind = there - Math.min(Math.max(there, begun), ended);
  behindMilliseconds = Math.abs(behind) < certainMilliseconds ? 0 : behind;
}

/**
 * AWS's time, in milliseconds since 1970: that of this machine, corrected by the last answer where it is
 * wrong. A laptop that was asleep may be minutes behind, and would ask for log lines of another hour.
 */
export function awsNow(): number {
  return Date.now() + behindMilliseconds;
}
