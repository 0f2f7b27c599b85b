import { capital, type SpecProblem } from "../../scaffold/index.ts";

/**
 * Every problem of what was asked for. Which fields are missing is known where all of them were understood.
 *
 * @param read what was not understood
 * @param meant what is wrong with what was
 */
export function allProblems(
  read: readonly SpecProblem[],
  meant: readonly SpecProblem[],
): SpecProblem[] {
  const isRead = read.every(({ at }) => at !== "--field");
  return [...read, ...meant.filter(({ at }) => isRead || at !== "--field")];
}

/** A problem as a line of several. */
export function problemText({ message, fix }: SpecProblem): string {
  return `${message} ${capital(fix)}.`;
}
