import type { EnvironmentStatus } from "../../../observe/index.ts";
import { agoText, countText, lengthText } from "../../layout/amount-text.ts";
import type { Style } from "../../style.ts";

/** Who was not called has no share of errors, and no latency. */
export function callsText(calls: number | null, { unread }: EnvironmentStatus): string {
  const isKnown = !unread.some(({ part }) => part === "figures");
  return calls === null && isKnown ? "none" : countText(calls);
}

/** How long ago something was, of two times as ISO 8601 has them. */
export function sinceText(then: string, now: string): string {
  return agoText(Math.max(0, (Date.parse(now) - Date.parse(then)) / 60_000));
}

export function spanText({ window }: EnvironmentStatus): string {
  const seconds = (Date.parse(window.to) - Date.parse(window.from)) / 1000;
  // The window begins with a full period, up to one before what was asked for.
  const whole = Math.floor(seconds / window.periodSeconds) * window.periodSeconds;
  return `the last ${lengthText(Math.max(whole, window.periodSeconds))}`;
}

export function stateText({ state, findings }: EnvironmentStatus): string {
  const many = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  return state === "wrong" ? `wrong, ${many}` : state;
}

export function painted(text: string, { state }: EnvironmentStatus, style: Style): string {
  if (state === "healthy") return style.green(text);
  return state === "wrong" ? style.red(text) : style.yellow(text);
}
