import {
  type AlarmRow,
  type FigureForm,
  reasonText,
  type ServiceAlarmRow,
  statedReason,
} from "../../../observe/index.ts";
import type { Style } from "../../style.ts";

export type State = AlarmRow["state"] | ServiceAlarmRow["state"];

export const stateWords: Readonly<Record<State, string>> = {
  ALARM: "FIRES",
  missing: "missing",
  INSUFFICIENT_DATA: "no data",
  OK: "ok",
  unknown: "unknown",
};

/** Of the alarm over others: it looks at states, and has no figures. */
export const noFigures: FigureForm = { unit: "count", comparison: "GreaterThanThreshold" };

/** What fires is red, what is not well yellow; the words say the same. */
export function paintedAs(state: State, text: string, style: Style): string {
  if (state === "ALARM") return style.red(text);
  return state === "OK" || state === "unknown" ? text : style.yellow(text);
}

/** The figures that it looked at last, or what CloudWatch says in its own words. */
export function reasonOf(row: AlarmRow): string {
  const { reason, datapoints, threshold } = row;
  if (datapoints.length === 0) return statedReason(reason);
  return reasonText({ datapoints: datapoints.toReversed(), threshold }, row);
}
