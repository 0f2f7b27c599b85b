import type { AlarmRow, ServiceAlarmRow } from "../../../observe/index.ts";
import type { Style } from "../../style.ts";

type State = AlarmRow["state"] | ServiceAlarmRow["state"];

export const stateWords: Readonly<Record<State, string>> = {
  ALARM: "FIRES",
  missing: "missing",
  INSUFFICIENT_DATA: "no data",
  OK: "ok",
  unknown: "unknown",
};

/** What fires is red, what is not well yellow; the words say the same. */
export function paintedAs(state: State, text: string, style: Style): string {
  if (state === "ALARM") return style.red(text);
  return state === "OK" || state === "unknown" ? text : style.yellow(text);
}
