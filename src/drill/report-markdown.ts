import { type DrillReport, type Figure, isPassed } from "./report.ts";

/** A report for people: what was lost, how it came back, and how long that took. */
export function reportMarkdown(report: DrillReport): string {
  const { number, service, environment, scenario, at, by, heartbeats, timeline } = report;
  const failed = Date.parse(report.failedAt);
  const rows = timeline.map(({ at: when, what }) => {
    const seconds = ((Date.parse(when) - failed) / 1_000).toFixed(1);
    return `| ${when} | ${seconds} | ${cell(what)} |`;
  });
  const { before, after, key } = report.table;
  return [
    `# Drill ${number}: ${scenario} of ${service} in ${environment}`,
    "",
    `${isPassed(report) ? "Passed" : "Not passed"}. Begun ${at} by ${cell(by)}; the release ${
      report.release ?? "(none)"
    } was live.`,
    ...(report.why === null ? [] : ["", `Not recovered: ${cell(report.why)}`]),
    "",
    "| | Found | Target | Met | Kind |",
    "|---|---|---|---|---|",
    figureRow("RPO", report.rpo),
    figureRow("RTO", report.rto),
    `| Manual steps | ${report.manualSteps} | 0 | ${yes(report.manualSteps === 0)} | measured |`,
    "",
    `- RPO: ${report.rpo.how}.`,
    `- RTO: ${report.rto.how}.`,
    `- Heartbeats: ${heartbeats.acknowledged} acknowledged, ${heartbeats.recovered} came back.`,
    `- Table \`${key}\`: \`${before}\`${after === before ? "" : `, now \`${after}\``}.`,
    `- Recovered by: \`lambdakit ${report.command}\``,
    "",
    "## Timeline",
    "",
    "| Time (UTC) | Seconds after the failure | What |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function figureRow(name: string, { seconds, targetSeconds, met, kind }: Figure): string {
  const found = seconds === null ? "never" : `${seconds.toFixed(1)} s`;
  return `| ${name} | ${found} | ${targetSeconds} s | ${yes(met)} | ${kind} |`;
}

function yes(is: boolean): string {
  return is ? "yes" : "no";
}

/** A text in a line of a table. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}
