import { write } from "./api.js";
import { byId, element } from "./elements.js";
import { closeDetail, refreshDetail, showDetail, shownRequest } from "./request-detail.js";
import { cells, searchText } from "./request-row.js";

/** @typedef {import("../request-log.ts").RequestSummary} RequestSummary */

/** As many as the server keeps. */
const maxRows = 500;

/** @type {Map<number, {readonly row: HTMLTableRowElement, text: string}>} */
const shown = new Map();
/** What came while the list stands still. @type {Map<number, RequestSummary>} */
const waiting = new Map();
let paused = false;
/** The row that the keys have moved to. @type {HTMLTableRowElement | undefined} */
let current;
/** Where the Tab key enters the list. @type {Element | undefined} */
let entrance;

const rows = byId("rows");
const filter = /** @type {HTMLInputElement} */ (byId("filter"));

/**
 * @param {readonly RequestSummary[]} requests oldest first
 * @param {boolean} cleared whether those that are shown go first
 */
export function tellRequests(requests, cleared) {
  if (cleared) clearRows();
  for (const request of requests) {
    if (paused && !shown.has(request.id)) waiting.set(request.id, request);
    else show(request);
  }
  while (waiting.size > maxRows) waiting.delete(waiting.keys().next().value ?? 0);
  count();
  const last = requests.at(-1);
  if (last !== undefined && !cleared && !paused) announce(last, requests.length);
}

/** @param {number} steps down the list, or up where negative */
export function moveBy(steps) {
  const visible = visibleRows();
  if (visible.length === 0) return;
  const at = current === undefined ? -1 : visible.indexOf(current);
  const next = at < 0 ? 0 : Math.min(visible.length - 1, Math.max(0, at + steps));
  const row = visible[next];
  if (row === undefined) return;
  makeCurrent(row);
  row.focus();
  row.scrollIntoView({ block: "nearest" });
  if (shownRequest() !== undefined) open(row);
}

export function openCurrent() {
  if (current !== undefined) open(current, true);
}

/** Closes what is open, step by step: the detail, then the filter. */
export function stepBack() {
  if (shownRequest() !== undefined) {
    closeDetail();
    markOpen();
    return current?.focus();
  }
  filter.value = "";
  applyFilter();
  filter.blur();
}

export function focusFilter() {
  filter.focus();
  filter.select();
}

export function togglePause() {
  paused = !paused;
  const button = byId("pause");
  button.setAttribute("aria-pressed", String(paused));
  button.textContent = paused ? "Go on" : "Pause";
  if (!paused) {
    for (const request of waiting.values()) show(request);
    waiting.clear();
  }
  count();
}

export async function clearAll() {
  await write("clear", {}).catch(() => {});
}

/** @param {RequestSummary} request */
function show(request) {
  const text = searchText(request);
  const known = shown.get(request.id);
  const row = known?.row ?? element("tr", { tabindex: "-1", "data-id": String(request.id) });
  row.className = request.failed ? "failed" : "";
  row.replaceChildren(...cells(request));
  row.hidden = !matches(text);
  if (known !== undefined) known.text = text;
  else {
    shown.set(request.id, { row, text });
    rows.prepend(row);
    if (shown.size > maxRows) forgetOldest();
  }
  if (shownRequest() === request.id) void refreshDetail();
}

/** Every word of the filter has to be there. @param {string} text */
function matches(text) {
  return filter.value
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function applyFilter() {
  for (const { row, text } of shown.values()) row.hidden = !matches(text);
  if (current?.hidden === true) current = undefined;
  count();
}

/** After every change of the list. */
function count() {
  const found = visibleRows();
  openEntrance(current ?? found[0]);
  const visible = found.length;
  const all = shown.size;
  const parts = [visible === all ? `${all}` : `${visible} of ${all}`];
  if (waiting.size > 0) parts.push(`${waiting.size} new`);
  byId("count").textContent = parts.join(", ");
  byId("no-requests").hidden = all > 0;
}

function visibleRows() {
  return /** @type {HTMLTableRowElement[]} */ ([...rows.children]).filter(({ hidden }) => !hidden);
}

function forgetOldest() {
  const [id, oldest] = shown.entries().next().value ?? [];
  if (id === undefined) return;
  oldest?.row.remove();
  shown.delete(id);
  if (oldest?.row === current) current = undefined;
}

function clearRows() {
  shown.clear();
  waiting.clear();
  rows.replaceChildren();
  current = undefined;
}

/** @param {HTMLTableRowElement} row */
function makeCurrent(row) {
  current = row;
  openEntrance(row);
}

/** @param {Element | undefined} row */
function openEntrance(row) {
  if (row === entrance) return;
  entrance?.setAttribute("tabindex", "-1");
  row?.setAttribute("tabindex", "0");
  entrance = row;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {boolean} [focus] whether the keys go on in the detail
 */
function open(row, focus = false) {
  makeCurrent(row);
  showDetail(Number(row.dataset.id), { focus, onClose: stepBack });
  markOpen();
}

function markOpen() {
  const id = shownRequest();
  for (const [key, { row }] of shown) row.setAttribute("aria-selected", String(key === id));
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let announceTimer;
let announced = 0;

/**
 * At most once in two seconds: a voice is slower than a list.
 *
 * @param {RequestSummary} request
 * @param {number} more
 */
function announce({ method, path, status }, more) {
  announced += more;
  clearTimeout(announceTimer);
  announceTimer = setTimeout(() => {
    const others = announced > 1 ? `${announced} requests, the last: ` : "";
    byId("announcement").textContent = `${others}${method} ${path} ${status ?? ""}`;
    announced = 0;
  }, 2000);
}

filter.addEventListener("input", applyFilter);
byId("pause").addEventListener("click", togglePause);
byId("clear").addEventListener("click", clearAll);
rows.addEventListener("click", (event) => {
  const row = /** @type {HTMLElement} */ (event.target).closest("tr");
  if (row !== null && getSelection()?.isCollapsed !== false) open(row);
});
