import { LambdakitError } from "../../../errors/index.ts";
import { parseMoment } from "../../../observe/index.ts";
import type { Input, Option } from "../../command.ts";

const forms =
  "how long ago (90s, 15m, 2h, 3d, 1w), or a time such as 2026-11-27T10:00, in UTC where no zone is named";

/** `--since`: the beginning of what is looked at. */
export const sinceOption = { type: "text", placeholder: "TIME", description: forms } as const;

/** `--until`: its end. */
export const untilOption = {
  type: "text",
  placeholder: "TIME",
  description: "the same, for the end; left out, now",
} as const satisfies Option;

/** Something that is written wrongly in a command line. */
export interface Mistake {
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

/** What is looked at, from when to when. In milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  /** Undefined where no end is written. */
  readonly to: number | undefined;
}

/**
 * Reads `--since` and `--until`.
 *
 * @param since what is meant where it is left out
 * @param now in milliseconds since 1970
 * @returns the mistakes, where there are any, and then no stretch that means something
 */
export function readStretch(
  input: Input,
  since: string,
  now: number,
): Stretch & { readonly mistakes: readonly Mistake[] } {
  const written = input.text("since") ?? since;
  const until = input.text("until");
  const from = parseMoment(written, now);
  const to = until === undefined ? undefined : parseMoment(until, now);
  const minute = `${new Date(now).toISOString().slice(0, 16)}Z`;
  const noTime = (at: string, text: string, instead: string): Mistake => ({
    at,
    message: `${at} is "${text}", which is neither a time such as ${minute} nor how long ago it was, such as 90s, 15m, 2h, 3d or 1w.`,
    fix: `write ${at} ${instead}`,
  });
  const mistakes = [
    ...(from === undefined ? [noTime("--since", written, since)] : []),
    ...(until !== undefined && to === undefined ? [noTime("--until", until, minute)] : []),
  ];
  if (mistakes.length === 0 && (from ?? now) >= (to ?? now)) {
    mistakes.push({
      at: "--since",
      message: `--since ${written} is not before ${until === undefined ? "now" : `--until ${until}`}: nothing lies between.`,
      fix: `write an earlier --since, such as --since ${since}`,
    });
  }
  return { from: from ?? now, to, mistakes };
}

/** @throws {LambdakitError} CLI_BAD_VALUE, naming every mistake */
export function requireNone(mistakes: readonly Mistake[]): void {
  const [first] = mistakes;
  if (first === undefined) return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    at: first.at,
    message: mistakes.map(({ message }) => message).join("\n"),
    fix: first.fix,
  });
}
