import { element } from "./elements.js";
import { timeText } from "./format.js";

/**
 * @typedef {{
 *   time?: string, level: string, message: string,
 *   fields: readonly (readonly [string, string])[], stack?: string,
 * }} LogFacts
 */

/** Stand in every line of an invocation, and in its facts. */
const common = new Set([
  "level",
  "message",
  "timestamp",
  "time",
  "service",
  "environment",
  "cold_start",
  "function_name",
  "function_memory_size",
  "function_arn",
  "function_request_id",
  "requestId",
  "xray_trace_id",
]);

/**
 * What a log line says: one in JSON, one that Lambda's runtime put a head before, or one of Lambda's own.
 *
 * @param {string} line
 * @returns {LogFacts}
 */
export function readLine(line) {
  const whole = jsonObject(line);
  if (whole !== undefined) return ofJson(whole);
  const head = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\t\S+\t([A-Z]+)\t(?:Invoke Error \t)?([\s\S]*)$/.exec(
    line,
  );
  if (head !== null) {
    const [, time = "", level = "", rest = ""] = head;
    const json = jsonObject(rest);
    return { ...(json ? ofJson(json) : plain(rest)), time, level };
  }
  const isPlatform = /^(INIT_START|START|END|REPORT|INIT_REPORT|XRAY) /.test(line);
  return { ...plain(line), level: isPlatform ? "PLATFORM" : "" };
}

/** @param {string} line */
export function logLine(line) {
  const { time, level, message, fields, stack } = readLine(line);
  const date = time === undefined ? Number.NaN : Date.parse(time);
  return element(
    "li",
    { "data-level": level },
    element("span", { class: "quiet" }, Number.isNaN(date) ? "" : timeText(date)),
    element("b", {}, level === "PLATFORM" ? "" : level),
    element(
      "span",
      { class: "message" },
      // A stack mostly starts with the message.
      stack?.startsWith(message) ? "" : message,
      ...fields.map(([name, value]) =>
        element("span", { class: "field" }, element("i", {}, name), ` ${value}`),
      ),
      ...(stack === undefined ? [] : [element("pre", {}, stack)]),
    ),
  );
}

/**
 * @param {Readonly<Record<string, unknown>>} json
 * @returns {LogFacts}
 */
function ofJson(json) {
  const error = Object.values(json).find((value) => isObject(value) && "stack" in value);
  const source = isObject(error) ? error : json;
  const stack = [source.stack ?? []].flat().join("\n");
  const time = json.timestamp ?? json.time;
  const measured = measuredIn(json);
  const message =
    json.message ?? (json.errorType === undefined ? "" : `${json.errorType}: ${json.errorMessage}`);
  return {
    ...(typeof time === "string" && { time }),
    level: String(json.level ?? ""),
    message: text(message),
    fields: Object.entries(json)
      .filter(([name]) => !measured.has(name))
      .filter(([name, value]) => !common.has(name) && name !== "stack" && value !== error)
      .filter(([name]) => json.message !== undefined || !name.startsWith("error"))
      .map(([name, value]) => /** @type {const} */ ([name, text(value)])),
    ...(stack !== "" && { stack }),
  };
}

/**
 * What of a line is a metric, or a dimension of one: those have a view of their own.
 *
 * @param {Readonly<Record<string, unknown>>} json
 */
function measuredIn({ _aws }) {
  const names = new Set(["_aws"]);
  if (!isObject(_aws) || !Array.isArray(_aws.CloudWatchMetrics)) return names;
  for (const directive of _aws.CloudWatchMetrics.filter(isObject)) {
    for (const metric of [directive.Metrics].flat().filter(isObject))
      names.add(String(metric.Name));
    for (const name of [directive.Dimensions].flat(2)) names.add(String(name));
  }
  return names;
}

/**
 * @param {string} message
 * @returns {LogFacts}
 */
function plain(message) {
  return { level: "", message: message.replaceAll("\r", "\n"), fields: [] };
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * @param {string} line
 * @returns {Record<string, unknown> | undefined}
 */
function jsonObject(line) {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null;
}
