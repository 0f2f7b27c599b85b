import { rm } from "node:fs/promises";
import path from "node:path";
import {
  type RehearsalReport,
  reportHtml,
  reportMarkdown,
  timelineSvg,
} from "../../rehearsal/index.ts";
import { writeFiles } from "../../system/index.ts";

/** Takes away the logs of the rehearsal before: those of two would be told apart by nobody. */
export async function clearReport(folder: string): Promise<void> {
  await rm(path.join(folder, "logs"), { recursive: true, force: true });
}

/** Writes the report in each of its forms. @returns the page */
export async function writeReport(folder: string, report: RehearsalReport): Promise<string> {
  const page = path.join(folder, "report.html");
  const texts = {
    [page]: reportHtml(report),
    [path.join(folder, "report.md")]: reportMarkdown(report),
    [path.join(folder, "timeline.svg")]: `${timelineSvg(report)}\n`,
    [path.join(folder, "report.json")]: `${JSON.stringify(report, null, 2)}\n`,
  };
  await writeFiles(
    Object.entries(texts).map(([file, text]) => ({ path: file, contents: Buffer.from(text) })),
  );
  return page;
}
