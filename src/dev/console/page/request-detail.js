import { read } from "./api.js";
import { byId, copyButton, element, factList } from "./elements.js";
import { millisecondsText, statusClass, timeText } from "./format.js";
import { logLine, readLine } from "./log-line.js";

/** @typedef {import("../request-log.ts").RequestDetail} RequestDetail */

const panel = byId("detail");

/** @type {number | undefined} */
let shownId;
let raw = false;
/** @type {RequestDetail | undefined} */
let last;
let onClose = () => {};

/** The request whose detail is open. */
export function shownRequest() {
  return shownId;
}

/**
 * @param {number} id
 * @param {{focus: boolean, onClose: () => void}} options
 */
export function showDetail(id, options) {
  shownId = id;
  onClose = options.onClose;
  panel.hidden = false;
  panel.parentElement?.classList.add("open");
  void refreshDetail().then(() => options.focus && panel.focus());
}

export function closeDetail() {
  shownId = undefined;
  last = undefined;
  panel.hidden = true;
  panel.parentElement?.classList.remove("open");
}

export async function refreshDetail() {
  const id = shownId;
  try {
    const detail = await read(`requests/${id}`);
    // Somebody may have picked another one meanwhile.
    if (id !== shownId) return;
    last = detail;
    render(detail);
  } catch (error) {
    if (id !== shownId) return;
    panel.replaceChildren(closing(), element("p", { class: "problem" }, String(error)));
  }
}

export function toggleRaw() {
  raw = !raw;
  if (last !== undefined) render(last);
}

/** @param {RequestDetail} detail */
function render(detail) {
  const { method, path, status, report, time, milliseconds, initMilliseconds } = detail;
  panel.replaceChildren(
    closing(),
    element(
      "h2",
      {},
      `${method} ${path || detail.function || ""} `,
      element(
        "span",
        { class: detail.failed ? "bad" : statusClass(status) },
        status === null ? (detail.failed ? "failed" : "") : String(status),
      ),
    ),
    ...failure(detail),
    factList([
      ["Time", timeText(time)],
      ["Duration", millisecondsText(milliseconds)],
      ["Function", detail.function],
      ["In the function", report && millisecondsText(report.durationMilliseconds)],
      ["Billed", report && `${report.billedMilliseconds} ms`],
      ["Cold start", initMilliseconds === null ? null : millisecondsText(initMilliseconds)],
      ["Memory", report && `${report.maxMemoryUsedMb} of ${report.memoryMb} MB`],
      ["Environment", report?.environment.replace(/^.*\]/, "")],
      ["Request id", detail.requestId],
      ["Lambda request id", report?.requestId],
    ]),
    ...logs(detail),
  );
}

/**
 * The error, where the log has one with a stack, or else what is known of the failure.
 *
 * @param {RequestDetail} detail
 */
function failure({ failed, failure: message, lines }) {
  const stack = lines.map((line) => readLine(line).stack).find((text) => text !== undefined);
  if (!failed && stack === undefined) return [];
  const text = [message, stack !== undefined && !message?.includes(stack) ? stack : null]
    .filter(Boolean)
    .join("\n");
  return text === "" ? [] : [element("pre", { class: "failure" }, text)];
}

/** @param {RequestDetail} detail */
function logs({ lines, linesDropped, function: functionKey }) {
  if (functionKey === null)
    return [
      element("p", { class: "quiet" }, "The gateway answered by itself; no function was asked."),
    ];
  const list = raw
    ? element("pre", { class: "raw", tabindex: "0" }, lines.join("\n"))
    : element("ol", { class: "log" }, ...lines.map(logLine));
  const pressed = { "aria-pressed": String(raw), "aria-keyshortcuts": "r" };
  return [
    element(
      "div",
      { class: "bar" },
      element("h3", {}, `Log, ${lines.length} ${lines.length === 1 ? "line" : "lines"}`),
      element("button", { type: "button", ...pressed, click: toggleRaw }, "As written"),
      copyButton("Copy", () => lines.join("\n")),
    ),
    list,
    ...(linesDropped > 0
      ? [
          element(
            "p",
            { class: "quiet" },
            `${linesDropped} more lines were too many or too long to keep.`,
          ),
        ]
      : []),
  ];
}

function closing() {
  return element(
    "button",
    { type: "button", class: "close", "aria-label": "Close", click: () => onClose() },
    "×",
  );
}
