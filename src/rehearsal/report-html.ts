import { escaped } from "./escaped.ts";
import type { ActReport, RehearsalReport, StageReport } from "./report.ts";
import { timelineSvg } from "./timeline-svg.ts";
import { durationText, outcomeText, sentence } from "./words.ts";

const style = `
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --soft: #f6f8fa; --faint: #d0d7de; --passed: #1a7f37; --failed: #cf222e; --other: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --soft: #161b22; --faint: #3d444d; --passed: #3fb950; --failed: #f85149; --other: #d29922; }
}
body { margin: 2rem auto; padding: 0 1rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2rem 0 0; font-size: 1.15rem; }
.passed { color: var(--passed); } .failed { color: var(--failed); } .interrupted, .not-reached { color: var(--other); }
.timeline { display: block; max-width: 100%; height: auto; margin: 1.5rem 0; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 0.6rem 0; }
td { padding: 0.35rem 0.6rem; border-top: 1px solid var(--faint); vertical-align: top; }
td.time { width: 6rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.line { width: 48%; }
code { font: 0.88em/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: inherit; }
.fault { margin: 0.6rem 0; padding: 0.6rem 0.9rem; border-left: 4px solid var(--failed); background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** The report as one page that asks nobody for anything. Logs lie beside it. */
export function reportHtml(report: RehearsalReport): string {
  const { service, at, versions, passed, milliseconds, stages, leftOut } = report;
  const ran = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const outcome = passed ? "passed" : "failed";
  return [
    "<!doctype html>",
    `<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>Rehearsal of ${escaped(service)}</title><style>${style}</style>`,
    `<h1>Rehearsal of ${escaped(service)}: <span class="${outcome}">${passed ? "passed" : "not passed"}</span></h1>`,
    `<p>${durationText(milliseconds)}, begun ${escaped(at)}, with ${escaped(ran.join(", "))}. AWS was an emulator: what is measured here is this machine, and no time of AWS's.</p>`,
    timelineSvg(report),
    ...stages.map(section),
    ...(leftOut.length === 0 ? [] : ["<h2>Not shown</h2>", "<ul>"]),
    ...leftOut.map(({ what, why }) => `<li>${escaped(what)}: ${escaped(why)}.</li>`),
    ...(leftOut.length === 0 ? [] : ["</ul>"]),
    "</html>",
    "",
  ].join("\n");
}

function section({ id, shows, outcome, milliseconds, acts, fault }: StageReport): string {
  const took = outcome === "not-reached" ? "" : `, ${durationText(milliseconds)}`;
  return [
    `<h2>${escaped(id)}: <span class="${outcome}">${outcomeText(outcome)}</span>${took}</h2>`,
    `<div>${escaped(sentence(shows))}</div>`,
    ...(acts.length === 0 ? [] : ["<table>", ...acts.map(row), "</table>"]),
    ...(fault === null
      ? []
      : [
          `<div class="fault">${escaped(fault.reason)}\n<code>fix: ${escaped(fault.fix)}</code></div>`,
        ]),
  ].join("\n");
}

function row({ line, says, milliseconds, log }: ActReport): string {
  const what =
    log === null ? escaped(line) : `<a href="${escaped(log)}"><code>${escaped(line)}</code></a>`;
  return `<tr><td class="line">${what}</td><td class="time">${durationText(milliseconds)}</td><td>${escaped(says ?? "")}</td></tr>`;
}
