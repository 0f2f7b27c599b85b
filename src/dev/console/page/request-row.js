import { element } from "./elements.js";
import { millisecondsText, statusClass, timeText } from "./format.js";

/** @typedef {import("../request-log.ts").RequestSummary} RequestSummary */

/** @param {RequestSummary} request */
export function cells(request) {
  const { time, method, path, status, milliseconds, initMilliseconds } = request;
  const start =
    request.function === null
      ? ""
      : initMilliseconds === null
        ? "warm"
        : `cold ${millisecondsText(initMilliseconds)}`;
  const outcome = request.failed && status === null ? "failed" : String(status ?? "–");
  return [
    element("td", { class: "c-time quiet" }, timeText(time)),
    element("td", { class: "c-method" }, method),
    element("td", { class: "c-path", title: path }, path),
    element("td", { class: `c-status ${request.failed ? "bad" : statusClass(status)}` }, outcome),
    element("td", { class: "c-duration number" }, millisecondsText(milliseconds)),
    element("td", { class: "c-function" }, request.function ?? "–"),
    element("td", { class: `c-start ${initMilliseconds === null ? "quiet" : "cold"}` }, start),
  ];
}

/** What the filter looks into. @param {RequestSummary} request */
export function searchText({ method, path, status, failed, initMilliseconds, ...request }) {
  const words = [method, path, status, request.function, failed ? "failed" : ""];
  return [...words, initMilliseconds === null ? "warm" : "cold"].join(" ").toLowerCase();
}
