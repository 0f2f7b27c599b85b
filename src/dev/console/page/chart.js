/**
 * One series: its name, and a value for each slot; null where there is none.
 * @typedef {{ readonly name: string, readonly values: readonly (number | null)[] }} Series
 */

const space = "http://www.w3.org/2000/svg";
const height = 132;
const edge = { left: 52, right: 8, top: 8, bottom: 20 };

/**
 * A part of a drawing. Text comes in as text.
 *
 * @param {string} tag
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {readonly (Node | string)[]} children
 */
function part(tag, attributes, ...children) {
  const made = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * Draws series over time: bars on top of each other, or lines. Series differ by dashes and hatches as well as by
 * colour.
 *
 * @param {SVGSVGElement} drawing is emptied first
 * @param {{
 *   readonly kind: "bars" | "lines", readonly series: readonly Series[], readonly marks: readonly string[],
 *   readonly width: number, readonly cursor: number | null, readonly text: (value: number) => string,
 * }} what marks: words below, from the oldest to the newest; cursor: the slot that is looked at
 */
export function draw(drawing, { kind, series, marks, width, cursor, text }) {
  const slots = series[0]?.values.length ?? 0;
  const top = topOf(kind, series, slots);
  const plot = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const step = plot.width / Math.max(1, slots);
  const x = (/** @type {number} */ slot) => round(edge.left + (slot + 0.5) * step);
  const y = (/** @type {number} */ value) => round(edge.top + plot.height * (1 - value / top));

  const grid = [0, top / 2, top].flatMap((value) => [
    part("line", {
      class: "grid",
      x1: edge.left,
      x2: width - edge.right,
      y1: y(value),
      y2: y(value),
    }),
    part(
      "text",
      { class: "axis", x: edge.left - 6, y: y(value) + 4, "text-anchor": "end" },
      text(value),
    ),
  ]);
  const times = marks.map((mark, position) => {
    const share = marks.length === 1 ? 0 : position / (marks.length - 1);
    const anchor = share === 0 ? "start" : share === 1 ? "end" : "middle";
    const at = round(edge.left + share * plot.width);
    return part("text", { class: "axis", x: at, y: height - 4, "text-anchor": anchor }, mark);
  });
  const drawn =
    kind === "bars"
      ? bars(series, { x, y, step })
      : series.map((one, number) => line(one, number, { x, y }));
  const pointer =
    cursor === null || cursor < 0 || cursor >= slots
      ? []
      : [
          part("line", {
            class: "cursor",
            x1: x(cursor),
            x2: x(cursor),
            y1: edge.top,
            y2: edge.top + plot.height,
          }),
        ];
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("height", String(height));
  drawing.replaceChildren(...grid, ...times, ...drawn, ...pointer);
}

/**
 * The slot below a place of a drawing.
 *
 * @param {number} place in pixels from its left edge
 * @param {number} width
 * @param {number} slots
 */
export function slotAt(place, width, slots) {
  const share = (place - edge.left) / (width - edge.left - edge.right);
  return Math.min(slots - 1, Math.max(0, Math.floor(share * slots)));
}

/**
 * @param {readonly Series[]} series
 * @param {{ x: (slot: number) => number, y: (value: number) => number, step: number }} scale
 */
function bars(series, { x, y, step }) {
  const width = Math.max(1, round(step - 1));
  /** @type {number[]} */
  const below = [];
  return series.map(({ values }, number) => {
    const path = values.map((value, slot) => {
      if (value === null || value === 0) return "";
      const start = below[slot] ?? 0;
      below[slot] = start + value;
      const [low, high] = [y(start), y(start + value)];
      return `M${round(x(slot) - width / 2)} ${low}v${round(high - low)}h${width}v${round(low - high)}z`;
    });
    return part("path", { class: `bar s${number}`, d: path.join("") });
  });
}

/**
 * @param {Series} series
 * @param {number} number
 * @param {{ x: (slot: number) => number, y: (value: number) => number }} scale
 */
function line({ values }, number, { x, y }) {
  let isOpen = false;
  const path = values.map((value, slot) => {
    if (value === null) {
      isOpen = false;
      return "";
    }
    const command = isOpen ? "L" : "M";
    isOpen = true;
    // A point that stands alone is a line without length, which round ends make a dot.
    return `${command}${x(slot)} ${y(value)}${command === "M" ? "h0" : ""}`;
  });
  return part("path", { class: `line s${number}`, d: path.join("") });
}

/**
 * A number that is easy to read, and not below any value.
 *
 * @param {"bars" | "lines"} kind
 * @param {readonly Series[]} series
 * @param {number} slots
 */
function topOf(kind, series, slots) {
  let largest = 0;
  for (let slot = 0; slot < slots; slot++) {
    const values = series.map(({ values }) => values[slot] ?? 0);
    const height =
      kind === "bars" ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
    largest = Math.max(largest, height);
  }
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return (
    /** @type {number} */ ([1, 2, 4, 6, 8, 10].find((step) => step * power >= largest) ?? 10) *
    power
  );
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
