import { draw, slotAt } from "./chart.js";
import { byId, element } from "./elements.js";
import { millisecondsText } from "./format.js";

/** @typedef {import("../metrics/metrics-told.ts").MetricSlot} MetricSlot */
/** @typedef {import("../metrics/metrics-told.ts").MetricsTold} MetricsTold */
/** @typedef {(value: number) => string} Text */

/** @type {Text} */
const countText = (value) => (value >= 10_000 ? `${trimmed(value / 1000)}k` : trimmed(value));

/**
 * What is shown: the name of each series, and what of a slot it is.
 *
 * @type {readonly {
 *   readonly title: string, readonly note?: string, readonly kind: "bars" | "lines", readonly text: Text,
 *   readonly series: readonly (readonly [string, (slot: MetricSlot) => number | null])[],
 * }[]}
 */
const panels = [
  {
    title: "Requests",
    kind: "bars",
    text: countText,
    series: [
      ["2xx and 3xx", (slot) => slot.requests - slot.clientErrors - slot.serverErrors],
      ["4xx", (slot) => slot.clientErrors],
      ["5xx", (slot) => slot.serverErrors],
    ],
  },
  {
    title: "Latency",
    note: "as callers wait",
    kind: "lines",
    text: (value) => (value === 0 ? "0" : millisecondsText(value)),
    series: [
      ["p50", (slot) => slot.p50],
      ["p90", (slot) => slot.p90],
      ["p99", (slot) => slot.p99],
    ],
  },
  {
    title: "Cold starts",
    kind: "bars",
    text: countText,
    series: [["cold starts", (slot) => slot.coldStarts]],
  },
  {
    title: "Refused and repeated",
    kind: "bars",
    text: countText,
    series: [
      ["validations", (slot) => slot.validationFailures],
      ["conflicts", (slot) => slot.conflicts],
      ["replays", (slot) => slot.idempotentReplays],
    ],
  },
  {
    title: "Table capacity",
    note: "units, an estimate",
    kind: "bars",
    text: countText,
    series: [
      ["read", (slot) => slot.read],
      ["write", (slot) => slot.write],
    ],
  },
  {
    title: "Table throttles",
    kind: "bars",
    text: countText,
    series: [["throttled", (slot) => slot.throttled]],
  },
];

/** @type {Map<number, MetricSlot>} */
const slots = new Map();
/** @type {MetricsTold | undefined} */
let last;
let visible = false;
/** The slot that is looked at, by its time. @type {number | undefined} */
let lookedAt;
let drawn = 0;

const views = panels.map(panel);
byId("metric-panels").replaceChildren(...views.map(({ figure }) => figure));
new ResizeObserver(redraw).observe(byId("metric-panels"));

/**
 * @param {MetricsTold} told
 * @param {boolean} everything whether what is known is to be forgotten: the server may be another
 */
export function tellMetrics(told, everything) {
  if (everything && told.changed.length === 0) slots.clear();
  for (const slot of told.changed) slots.set(slot.time, slot);
  last = told;
  redraw();
}

/** @param {boolean} shown */
export function showMetrics(shown) {
  visible = shown;
  redraw();
}

// Time goes on where nothing happens, too.
setInterval(redraw, 5_000);

function redraw() {
  if (!visible || drawn !== 0) return;
  drawn = requestAnimationFrame(() => {
    drawn = 0;
    paint();
  });
}

function paint() {
  if (last === undefined) return;
  const { slotSeconds, slots: count, latency, routes, own } = last;
  const step = slotSeconds * 1000;
  const newest = Math.floor(Date.now() / step) * step;
  const times = Array.from({ length: count }, (_, number) => newest - (count - 1 - number) * step);
  for (const time of slots.keys()) if (time < (times[0] ?? 0)) slots.delete(time);
  const shown = times.map((time) => slots.get(time));
  const minutes = Math.round((count * slotSeconds) / 60);
  const cursor = lookedAt === undefined ? null : times.indexOf(lookedAt);
  byId("metric-time").textContent =
    cursor === null || cursor < 0
      ? `The last ${minutes} minutes, ${slotSeconds} seconds a step. Point at a graph, or use its arrow keys.`
      : `${clock.format(lookedAt)} and the ${slotSeconds} seconds behind it. Esc: all ${minutes} minutes again.`;
  for (const view of views)
    view.paint(shown, times, cursor === null || cursor < 0 ? null : cursor, minutes);
  tiles(latency);
  table(
    "metric-routes",
    ["Route", "Requests", "p50", "p90", "p99"],
    routes.map((one) => [
      one.route,
      countText(one.requests),
      ...[one.p50, one.p90, one.p99].map(millisecondsText),
    ]),
    "No route was asked yet.",
  );
  table(
    "metric-own",
    ["Metric", "Dimensions", "Unit", "Values", "Sum", "Largest"],
    own.map((one) => [
      one.name,
      one.dimensions,
      one.unit,
      ...[one.values, one.sum, one.largest].map(countText),
    ]),
    "None. A service measures its own with defineMetric of lambdakit/runtime.",
  );
}

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** @param {MetricsTold["latency"]} latency */
function tiles({ p50, p99 }) {
  const all = [...slots.values()];
  const sum = (/** @type {(slot: MetricSlot) => number} */ of) =>
    all.reduce((total, slot) => total + of(slot), 0);
  const requests = sum((slot) => slot.requests);
  const failed = sum((slot) => slot.serverErrors);
  const facts = [
    ["Requests", countText(requests)],
    ["5xx", requests === 0 ? "–" : `${trimmed((100 * failed) / requests)} %`],
    ["p50", millisecondsText(p50)],
    ["p99", millisecondsText(p99)],
    ["Cold starts", countText(sum((slot) => slot.coldStarts))],
    ["Read units, estimated", countText(sum((slot) => slot.read))],
    ["Write units, estimated", countText(sum((slot) => slot.write))],
  ];
  byId("metric-tiles").replaceChildren(
    ...facts.map(([name = "", value = ""]) => {
      const isBad = name === "5xx" && failed > 0;
      return element(
        "div",
        {},
        element("dt", {}, name),
        element("dd", isBad ? { class: "bad" } : {}, value),
      );
    }),
  );
}

/** @param {(typeof panels)[number]} what */
function panel({ title, note, kind, text, series }) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("tabindex", "0");
  drawing.setAttribute("role", "img");
  const values = series.map(() => element("b", { class: "number" }, "–"));
  const legend = element(
    "ul",
    { class: "legend" },
    ...series.map(([name], number) =>
      element(
        "li",
        { class: `${kind} s${number}` },
        element("i", { "aria-hidden": "true" }),
        `${name} `,
        values[number] ?? "",
      ),
    ),
  );
  const rows = element("tbody");
  const asTable = element(
    "details",
    {},
    element("summary", {}, "As a table"),
    element(
      "table",
      { "aria-label": `${title}, by the minute` },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["Minute", ...series.map(([name]) => name)].map((name) =>
            element("th", { scope: "col" }, name),
          ),
        ),
      ),
      rows,
    ),
  );
  const heading = element(
    "h3",
    {},
    title,
    ...(note === undefined ? [] : [element("span", { class: "quiet" }, ` ${note}`)]),
  );
  const figure = element("figure", {}, element("figcaption", {}, heading, legend));
  figure.append(drawing, asTable);
  /** @type {readonly number[]} */
  let times = [];
  const look = (/** @type {number | undefined} */ slot) => {
    lookedAt =
      slot === undefined ? undefined : times[Math.min(times.length - 1, Math.max(0, slot))];
    redraw();
  };
  drawing.addEventListener("pointermove", ({ offsetX }) =>
    look(slotAt(offsetX, drawing.clientWidth, times.length)),
  );
  drawing.addEventListener("pointerleave", () => look(undefined));
  drawing.addEventListener("blur", () => look(undefined));
  drawing.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") look(undefined);
    if (steps === undefined) return;
    event.preventDefault();
    look((lookedAt === undefined ? times.length - 1 : times.indexOf(lookedAt)) + steps);
  });

  return {
    figure,
    /**
     * @param {readonly (MetricSlot | undefined)[]} shown
     * @param {readonly number[]} now
     * @param {number | null} cursor
     * @param {number} minutes
     */
    paint(shown, now, cursor, minutes) {
      times = now;
      const drawnSeries = series.map(([name, of]) => ({
        name,
        values: shown.map((slot) => (slot === undefined ? (kind === "bars" ? 0 : null) : of(slot))),
      }));
      const thirds = [minutes, (minutes * 2) / 3, minutes / 3].map(
        (before) => `−${Math.round(before)} min`,
      );
      draw(drawing, {
        kind,
        series: drawnSeries,
        marks: [...thirds, "now"],
        width: Math.max(240, figure.clientWidth - 22),
        cursor,
        text,
      });
      const words = drawnSeries.map(({ name, values: all }, number) => {
        const value = cursor === null ? summary(kind, all) : (all[cursor] ?? null);
        const shownValue = value === null ? "–" : text(value);
        const cell = values[number];
        if (cell !== undefined) cell.textContent = shownValue;
        return `${name} ${shownValue}`;
      });
      drawing.setAttribute("aria-label", `${title}: ${words.join(", ")}`);
      if (asTable.open) rows.replaceChildren(...byMinute(drawnSeries, times, kind, text));
    },
  };
}

/**
 * All of a series in one number: the sum of counts, the last of what is no count.
 *
 * @param {"bars" | "lines"} kind
 * @param {readonly (number | null)[]} values
 */
function summary(kind, values) {
  const known = values.filter((value) => value !== null);
  return kind === "bars" ? known.reduce((sum, value) => sum + value, 0) : (known.at(-1) ?? null);
}

/**
 * @param {readonly import("./chart.js").Series[]} series
 * @param {readonly number[]} times
 * @param {"bars" | "lines"} kind
 * @param {Text} text
 */
function byMinute(series, times, kind, text) {
  const minutes = [...new Set(times.map((time) => Math.floor(time / 60_000)))].reverse();
  return minutes.map((minute) => {
    const cells = series.map(({ values }) => {
      const own = values.filter(
        (value, slot) => value !== null && Math.floor((times[slot] ?? 0) / 60_000) === minute,
      );
      const known = own.filter((value) => value !== null);
      const value =
        kind === "bars" ? summary(kind, known) : known.length === 0 ? null : Math.max(...known);
      return element("td", { class: "number" }, value === null ? "–" : text(value));
    });
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, clock.format(minute * 60_000).slice(0, 5)),
      ...cells,
    );
  });
}

/**
 * @param {string} id
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 * @param {string} empty
 */
function table(id, heads, rows, empty) {
  const isText = (/** @type {number} */ column) =>
    column === 0 || ["Dimensions", "Unit"].includes(heads[column] ?? "");
  const style = (/** @type {number} */ column) => (isText(column) ? {} : { class: "number" });
  byId(id).replaceChildren(
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...heads.map((head, column) => element("th", { scope: "col", ...style(column) }, head)),
      ),
    ),
    element(
      "tbody",
      {},
      ...(rows.length === 0
        ? [
            element(
              "tr",
              {},
              element("td", { class: "quiet", colspan: String(heads.length) }, empty),
            ),
          ]
        : rows.map((row) =>
            element("tr", {}, ...row.map((cell, column) => element("td", style(column), cell))),
          )),
    ),
  );
}

/** @param {number} value */
function trimmed(value) {
  return String(Math.round(value * 10) / 10);
}
