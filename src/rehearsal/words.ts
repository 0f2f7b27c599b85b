import type { StageReport } from "./report.ts";

/** How times are said, in every form of a report. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** What a stage shows, as a sentence. */
export function sentence(shows: string): string {
  return `${shows.charAt(0).toUpperCase()}${shows.slice(1)}.`;
}

/** One line, for what stands in a table or a picture. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** As people read it: `not reached`. */
export function outcomeText(outcome: StageReport["outcome"]): string {
  return outcome.replace("-", " ");
}
