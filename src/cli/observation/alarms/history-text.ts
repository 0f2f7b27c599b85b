import { type AlarmHistory, type FigureForm, readableReason } from "../../../observe/index.ts";
import { minuteText } from "../../layout/amount-text.ts";
import { foldBehind } from "../../layout/fold.ts";

/** A line for each change of an alarm's state, or why there is none. */
export function historyLines(history: AlarmHistory, form: FigureForm, columns: number): string[] {
  if ("unread" in history) return foldBehind("  ", "could not be read", columns);
  if (history.known.length === 0) return foldBehind("  ", "none is known", columns);
  return history.known.flatMap((one) =>
    foldBehind(
      "  ",
      `${minuteText(one.at)}  ${one.from} -> ${one.to}: ${readableReason(one, form)}`,
      columns,
    ),
  );
}
