import type { Invocation } from "../environment.ts";
import type { FunctionError } from "../invocation.ts";

/** How the runtime client inside an environment talks to the host outside: Lambda's Runtime API. */
export interface Transport {
  /**
   * Asks for an invocation; the first time it says by this that the init phase is over. What was
   * answered before has been sent when the next one comes. The environment may stand still meanwhile.
   */
  next(receive: (invocation: Invocation) => void): void;
  answer(requestId: string, payload: string): void;
  /** @param sent called when nothing more than this will be heard of, because the runtime exits */
  fail(requestId: string, error: FunctionError, sent?: () => void): void;
  failInit(error: FunctionError, sent: () => void): void;
}
