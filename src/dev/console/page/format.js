const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** @param {number} time epoch milliseconds */
export function timeText(time) {
  return clock.format(time);
}

/** @param {number | null | undefined} milliseconds */
export function millisecondsText(milliseconds) {
  if (milliseconds == null) return "–";
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** @param {number | null} status */
export function statusClass(status) {
  if (status === null) return "quiet";
  return status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
}

/**
 * JSON that a person can read; whatever is no JSON stays as it is.
 *
 * @param {string} text
 */
export function prettyJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

/**
 * JSON with short objects and lists on one line. Nothing but the space between values differs from
 * what `JSON.stringify` makes.
 *
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
export function compactJson(value, indent = "") {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const parts = isList
    ? value.map((one) => compactJson(one, inner))
    : Object.entries(value).map(
        ([name, one]) => `${JSON.stringify(name)}: ${compactJson(one, inner)}`,
      );
  const flat = open + parts.join(", ") + close;
  const fits = flat.length + indent.length <= 76 && !flat.includes("\n");
  // The whole of it has a line for each part, so that they can be compared line by line.
  if (parts.length === 0 || (fits && indent !== "")) return flat;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}
