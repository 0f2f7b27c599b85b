import { byId, element } from "./elements.js";
import { millisecondsText } from "./format.js";

/** @typedef {import("../service-facts.ts").ServiceFacts} ServiceFacts */
/** @typedef {import("../function-figures.ts").FunctionFigures} FunctionFigures */

/** @type {Map<string, Map<string, HTMLElement>>} */
const figureCells = new Map();

/** What is shown of each function, with the words above it. */
const figures = /** @type {const} */ ([
  ["Environments", environments],
  ["Invocations", (/** @type {FunctionFigures} */ one) => String(one.invocations)],
  ["Errors", (/** @type {FunctionFigures} */ one) => String(one.errors)],
  ["Cold starts", (/** @type {FunctionFigures} */ one) => String(one.coldStarts)],
  ["Init p50", (/** @type {FunctionFigures} */ one) => millisecondsText(one.initP50Milliseconds)],
  [
    "Duration p50",
    (/** @type {FunctionFigures} */ one) => millisecondsText(one.durationP50Milliseconds),
  ],
  [
    "Duration p95",
    (/** @type {FunctionFigures} */ one) => millisecondsText(one.durationP95Milliseconds),
  ],
  [
    "Memory used",
    (/** @type {FunctionFigures} */ one) =>
      one.maxMemoryUsedMb === null ? "–" : `${one.maxMemoryUsedMb} MB`,
  ],
]);

/** @param {ServiceFacts} service */
export function tellFunctions({ functions }) {
  figureCells.clear();
  byId("view-functions").replaceChildren(...functions.map(card));
}

/** @param {readonly FunctionFigures[]} told */
export function tellFigures(told) {
  for (const one of told) {
    const cells = figureCells.get(one.function);
    for (const [name, text] of figures) {
      const cell = cells?.get(name);
      const value = text(one);
      if (cell !== undefined && cell.textContent !== value) cell.textContent = value;
    }
    cells?.get("Errors")?.classList.toggle("bad", one.errors > 0);
  }
}

/** @param {ServiceFacts["functions"][number]} one */
function card(one) {
  const cells = new Map(figures.map(([name]) => [name, element("dd", {}, "–")]));
  figureCells.set(one.key, cells);
  const settings = [`${one.memoryMb} MB`, `${one.timeoutSeconds} s timeout`];
  if (one.reservedConcurrency !== null) settings.push(`at most ${one.reservedConcurrency} at once`);
  return element(
    "article",
    { class: "function", "aria-labelledby": `function-${one.key}` },
    element(
      "header",
      {},
      element("h2", { id: `function-${one.key}` }, one.key),
      element("span", { class: "quiet" }, `${one.name} · ${settings.join(" · ")}`),
      element("p", {}, one.description),
    ),
    element(
      "dl",
      { class: "figures" },
      ...[...cells].map(([name, cell]) => element("div", {}, element("dt", {}, name), cell)),
    ),
    element(
      "dl",
      { class: "fact-list" },
      element("dt", {}, one.routes.length === 1 ? "Route" : "Routes"),
      ...one.routes.map((route) =>
        element("dd", {}, element("a", { href: `#try/${encodeURIComponent(route)}` }, route)),
      ),
      element("dt", {}, "May"),
      ...one.permissions.map((text) => element("dd", {}, text)),
    ),
  );
}

/** @param {FunctionFigures} one */
function environments({ busy, idle }) {
  return busy + idle === 0 ? "none" : `${busy} busy, ${idle} idle`;
}
