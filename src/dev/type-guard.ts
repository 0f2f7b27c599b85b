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
  /** Serves the last code whose types were right. */
  readonly restore: (code: Code) => void;
  readonly onEvent: (event: TypeEvent) => void;
}

/**
 * Looks at code that is being served already, so that nobody waits for the compiler: where its types
 * turn out to be wrong, the last code whose types were right serves again.
 */
export interface TypeGuard<Code> {
  /**
   * This code is being served from now on; tell it after every save, because a file of types alone
   * changes no code. Resolves when the code has been looked at, or newer code is served.
   *
   * @param files what it was made of; type errors in other files count for nothing
   */
  served(code: Code, files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function startTypeGuard<Code>({
  directory,
  restore,
  onEvent,
}: TypeGuardOptions<Code>): TypeGuard<Code> {
  const { check, close } = startTypeCheck({
    directory,
    onSkipped: (reason) => onEvent({ type: "not-type-checked", reason }),
  });
  let good: { readonly code: Code } | undefined;
  return {
    async served(code, files) {
      const problems = await check(files);
      if (problems === undefined) return;
      if (problems.length === 0) {
        good = { code };
        return;
      }
      if (good !== undefined) restore(good.code);
      onEvent({ type: "type-problems", problems, restored: good !== undefined });
    },
    close,
  };
}
