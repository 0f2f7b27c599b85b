import type { LambdakitError } from "../../../errors/index.ts";
import type { Notice } from "../../../observe/index.ts";
import type { Style } from "../../style.ts";

/** What somebody who reads logs should know of the reading, in a line. */
export function noticeText(notice: Notice, style: Style): string {
  switch (notice.type) {
    case "no-group":
      return style.yellow(
        `${notice.key}: there is no log group ${notice.name}. A deployment makes it.`,
      );
    case "not-allowed":
      return style.yellow(
        `${notice.key}: these credentials may not read its log. ${lastLine(notice.error.message)}`,
      );
    case "found":
      return `${notice.key}: its log can be read now.`;
    case "waiting":
      return style.yellow(`Trying again: ${reasonText(notice.because)}`);
    case "behind":
      return style.yellow(`Lines come ${notice.seconds} s late: ${reasonText(notice.because)}`);
    case "caught-up":
      return "Lines come in time again.";
  }
}

function reasonText(because: LambdakitError | null): string {
  return because === null ? "there are more than can be read." : lastLine(because.message);
}

function lastLine(text: string): string {
  return text.split("\n").at(-1) ?? "";
}
