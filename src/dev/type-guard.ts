import { startTypeCheck } from "./type-check.ts";
import type { TypeProblem } from "./type-problems.ts";

export type TypeEvent =
  | {
      readonly type: "type-problems";
      readonly problems: readonly TypeProblem[];
      /** Whether the code from before serves again; false where no code has been good yet. */
      readonly restored: boolean;
    }
  | { readonly type: "not-type-checked"; readonly reason: string };

export interface TypeGuardOptions<Code> {
  /** The service's folder. */
  readonly directory: string;
  /**
   * Serves this code, whose types are right; nothing happens where it is served already.
   * @param isBack whether it is the code from before that serves again
   */
  readonly serve: (code: Code, isBack: boolean) => void;
  /** The same for the same code. */
  readonly describe: (code: Code) => string;
  readonly onEvent: (event: TypeEvent) => void;
}

/**
 * Looks at code that is being served already, so that nobody waits for the compiler: where its types
 * turn out to be wrong, the last code whose types were right serves again.
 */
export interface TypeGuard<Code> {
  /**
   * Whether the types of this code were wrong when last looked at, so that it is not to be served
   * before it was looked at again. A program that saves in several steps would bring it back.
   */
  refuses(code: Code): boolean;
  /**
   * Looks at code, after every save, because a file of types alone changes no code. Resolves when that
   * is done, or newer code is looked at.
   *
   * @param files what it was made of; type errors in other files count for nothing
   */
  look(code: Code, files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function startTypeGuard<Code>({
  directory,
  serve,
  describe,
  onEvent,
}: TypeGuardOptions<Code>): TypeGuard<Code> {
  const { check, close } = startTypeCheck({
    directory,
    onSkipped(reason) {
      // Nobody will find out that it is right.
      wrong = undefined;
      onEvent({ type: "not-type-checked", reason });
    },
  });
  let good: { readonly code: Code } | undefined;
  let wrong: string | undefined;
  return {
    refuses: (code) => describe(code) === wrong,
    async look(code, files) {
      const problems = await check(files);
      if (problems === undefined) return;
      if (problems.length === 0) {
        good = { code };
        if (describe(code) === wrong) wrong = undefined;
        serve(code, false);
        return;
      }
      if (good !== undefined) {
        wrong = describe(code);
        serve(good.code, true);
      }
      onEvent({ type: "type-problems", problems, restored: good !== undefined });
    },
    close,
  };
}
