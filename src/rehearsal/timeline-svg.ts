import { escaped } from "./escaped.ts";
import type { RehearsalReport, StageReport } from "./report.ts";
import { durationText } from "./words.ts";

const width = 960;
const labels = 130;
const times = 90;
const rowHeight = 30;
const axisHeight = 28;

/** What a page with the picture in it sets otherwise for the dark; a picture by itself asks the browser. */
export const timelineColours = `
.timeline { --ink: #1f2328; --faint: #d0d7de; --passed: #1a7f37; --failed: #cf222e; --other: #9a6700; }
@media (prefers-color-scheme: dark) {
  .timeline { --ink: #e6edf3; --faint: #3d444d; --passed: #3fb950; --failed: #f85149; --other: #d29922; }
}
.timeline text { fill: var(--ink); font: 13px system-ui, sans-serif; }
.timeline .axis { stroke: var(--faint); }
.timeline .tick { font-size: 11px; opacity: 0.75; }
.timeline .passed { fill: var(--passed); }
.timeline .failed { fill: var(--failed); }
.timeline .interrupted { fill: var(--other); }
.timeline .act { fill: #fff; opacity: 0.25; }
`;

/** A row for each stage: when it began, how long it took, and its commands in it. It needs nothing but itself. */
export function timelineSvg({ service, stages, milliseconds }: RehearsalReport): string {
  const scale = (width - labels - times) / Math.max(1, milliseconds);
  const height = axisHeight + stages.length * rowHeight + 8;
  const step = tickOf(milliseconds);
  const ticks = Array.from({ length: Math.floor(milliseconds / step) + 1 }, (_, at) => at * step);
  return [
    `<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Timeline of the rehearsal of ${escaped(service)}">`,
    `<style>${timelineColours}</style>`,
    ...ticks.map((at) => {
      const x = round(labels + at * scale);
      return `<line class="axis" x1="${x}" x2="${x}" y1="${axisHeight - 8}" y2="${height - 4}"/><text class="tick" x="${x}" y="14" text-anchor="middle">${tickText(at)}</text>`;
    }),
    ...stages.map((stage, row) => rowOf(stage, axisHeight + row * rowHeight, scale)),
    "</svg>",
  ].join("\n");
}

function rowOf(
  { id, outcome, atMilliseconds, milliseconds, acts }: StageReport,
  y: number,
  scale: number,
) {
  const bar = (from: number, took: number, kind: string, inset: number, title: string) =>
    `<rect class="${kind}" x="${round(labels + from * scale)}" y="${y + inset}" width="${round(Math.max(1.5, took * scale - inset / 3))}" height="${rowHeight - 8 - 2 * inset}" rx="2"><title>${escaped(title)}</title></rect>`;
  const text = `<text x="0" y="${y + 15}">${escaped(id)}</text>`;
  if (outcome === "not-reached") {
    return `${text}<text class="tick" x="${labels + 4}" y="${y + 15}">not reached</text>`;
  }
  const took = durationText(milliseconds);
  return [
    text,
    bar(atMilliseconds, milliseconds, outcome, 0, `${id}: ${outcome}, ${took}`),
    ...acts.map((act) =>
      bar(
        act.atMilliseconds,
        act.milliseconds,
        "act",
        4,
        `${act.line}: ${durationText(act.milliseconds)}`,
      ),
    ),
    `<text x="${round(labels + (atMilliseconds + milliseconds) * scale + 6)}" y="${y + 15}">${took}</text>`,
  ].join("");
}

/** So that there are some, and not too many. */
function tickOf(milliseconds: number): number {
  const steps = [1, 5, 10, 30, 60, 120, 300, 600].map((seconds) => seconds * 1000);
  return steps.find((step) => milliseconds / step <= 10) ?? 1_800_000;
}

function tickText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const rest = String(seconds % 60).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${rest}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
