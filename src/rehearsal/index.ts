/**
 * The life of a service as a script, and what became of it.
 *
 * Takes the plans of a service, and ports that run its commands. Gives stages that went well or say why not, as data, Markdown,
 * HTML and a picture. Its one rule: it is pure, and whatever happens, happens through the ports.
 */
export type { Act, Calls, CommandAct, ReleaseAct, ReleaseName, ServeAct } from "./act.ts";
export type { ActReport, Fault, RehearsalReport, StageReport } from "./report.ts";
export { reportHtml } from "./report-html.ts";
export { reportMarkdown } from "./report-markdown.ts";
export { type Performed, type RehearsalPorts, runScript } from "./run-script.ts";
export { script } from "./script.ts";
export type { LeftOut, Script, Stage } from "./stage.ts";

export { timelineSvg } from "./timeline-svg.ts";
export { durationText } from "./words.ts";
