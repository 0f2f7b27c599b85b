import { element } from "./elements.js";
import { millisecondsText, prettyJson, statusClass } from "./format.js";

/** @typedef {{name: string, place: string, input: HTMLInputElement}} Field */
/** @typedef {{method: string, url: string, headers: [string, string][], body?: string}} Asked */

/**
 * The request that a filled form stands for; empty fields are left out.
 *
 * @param {string} method
 * @param {string} path
 * @param {readonly Field[]} fields
 * @param {string} moreHeaders
 * @param {string | undefined} body
 * @returns {Asked}
 */
export function ask(method, path, fields, moreHeaders, body) {
  const filled = fields.filter(({ input }) => input.value !== "");
  const of = (/** @type {string} */ place) =>
    filled
      .filter((field) => field.place === place)
      .map(({ name, input }) => /** @type {[string, string]} */ ([name, input.value]));
  const values = new Map(of("path"));
  const url = path.replace(/\{(\w+)(\+?)\}/g, (_, name, greedy) => {
    const value = values.get(name) ?? "";
    return greedy ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
  });
  const query = new URLSearchParams(of("query")).toString();
  const more = moreHeaders
    .split("\n")
    .map((line) => /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line))
    .flatMap((match) =>
      match === null ? [] : [/** @type {[string, string]} */ ([match[1], match[2]])],
    );
  const headers = [...of("header"), ...more];
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  if (body !== undefined && !hasType) headers.unshift(["Content-Type", "application/json"]);
  return {
    method,
    url: url + (query && `?${query}`),
    headers,
    ...(body !== undefined && { body }),
  };
}

/**
 * Sends it, and shows what comes back.
 *
 * @param {Asked} asked
 */
export async function answerTo({ url, ...rest }) {
  const started = performance.now();
  try {
    const response = await fetch(url, { ...rest, cache: "no-store", redirect: "manual" });
    const text = await response.text();
    const milliseconds = performance.now() - started;
    const isRedirect = response.type === "opaqueredirect";
    return [
      element(
        "h3",
        {},
        element(
          "span",
          { class: statusClass(isRedirect ? 300 : response.status) },
          isRedirect
            ? "A redirect; curl shows where to"
            : `${response.status} ${response.statusText}`,
        ),
        ` in ${millisecondsText(milliseconds)}`,
      ),
      element(
        "pre",
        { class: "raw", tabindex: "0", "aria-label": "Body" },
        prettyJson(text) || "(no body)",
      ),
      element(
        "details",
        {},
        element("summary", {}, "Headers"),
        element(
          "pre",
          {},
          [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
        ),
      ),
    ];
  } catch (error) {
    return [
      element(
        "p",
        { class: "problem" },
        `It could not be sent: ${/** @type {Error} */ (error).message}`,
      ),
    ];
  }
}
