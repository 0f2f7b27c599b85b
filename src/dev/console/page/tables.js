import { write } from "./api.js";
import { byId, element } from "./elements.js";
import { openItem } from "./item-dialog.js";

/** @typedef {import("../service-facts.ts").ServiceFacts} ServiceFacts */
/** @typedef {ServiceFacts["tables"][number]} Table */
/** @typedef {Readonly<Record<string, Readonly<Record<string, unknown>>>>} Item */

/** Columns besides the key; the item itself shows everything. */
const maxColumns = 8;

/** @type {readonly Table[]} */
let tables = [];
/** Where the pages before this one began. @type {unknown[]} */
let starts = [];
/** @type {unknown} */
let start = null;
/** @type {unknown} */
let next = null;
let loaded = false;
/** Counts what was asked, so that a late answer does not replace a newer one. */
let asked = 0;

const source = /** @type {HTMLSelectElement} */ (byId("source"));
const keyValue = /** @type {HTMLInputElement} */ (byId("key-value"));
const previousButton = /** @type {HTMLButtonElement} */ (byId("previous-page"));
const nextButton = /** @type {HTMLButtonElement} */ (byId("next-page"));
const problem = byId("tables-problem");

/** @param {ServiceFacts} service */
export function tellTables(service) {
  const before = source.value;
  tables = service.tables;
  const options = tables.flatMap((table) => [
    element("option", { value: JSON.stringify([table.key]) }, table.name),
    ...table.indexes.map((index) =>
      element(
        "option",
        { value: JSON.stringify([table.key, index.name]) },
        `${table.name} / ${index.name}`,
      ),
    ),
  ]);
  source.replaceChildren(...options);
  if (options.some(({ value }) => value === before)) source.value = before;
  labelKey();
  if (!byId("view-tables").hidden) showTables();
}

/** Loads the first page, where none is there yet. */
export function showTables() {
  if (!loaded && tables.length > 0) void find();
}

function chosen() {
  const [key, indexName] = JSON.parse(source.value || "[]");
  const table = tables.find((one) => one.key === key);
  const index = table?.indexes.find((one) => one.name === indexName);
  return { table, index };
}

function labelKey() {
  const { table, index } = chosen();
  const key = (index ?? table)?.partitionKey;
  byId("key-label").textContent = key === undefined ? "Key" : `${key.name} (${key.type})`;
}

function find() {
  starts = [];
  start = null;
  return load();
}

async function load() {
  const { table, index } = chosen();
  if (table === undefined) return;
  loaded = true;
  asked += 1;
  const question = asked;
  try {
    const { items, next: following } = await write(`page/${encodeURIComponent(table.key)}`, {
      ...(index && { index: index.name }),
      ...(keyValue.value !== "" && { partitionKey: keyValue.value }),
      ...(start !== null && { after: start }),
    });
    if (question !== asked) return;
    next = following;
    problem.hidden = true;
    render(table, index, items);
  } catch (error) {
    if (question !== asked) return;
    problem.textContent = /** @type {Error} */ (error).message;
    problem.hidden = false;
  }
  previousButton.disabled = starts.length === 0;
  nextButton.disabled = next === null;
}

/**
 * @param {Table} table
 * @param {Table["indexes"][number] | undefined} index
 * @param {readonly Item[]} items
 */
function render(table, index, items) {
  const columns = columnsOf([table, ...(index ? [index] : [])], items);
  const open = (/** @type {Item} */ item) => openItem({ table, item, onDone: load });
  byId("items").replaceChildren(
    element(
      "thead",
      {},
      element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))),
    ),
    element(
      "tbody",
      {},
      ...items.map((item) =>
        element(
          "tr",
          { click: () => open(item) },
          ...columns.map((name, position) => {
            const text = valueText(item[name]);
            const inner =
              position === 0
                ? element(
                    "button",
                    { type: "button", class: "cell", "aria-haspopup": "dialog" },
                    text,
                  )
                : text;
            return element("td", { title: text }, inner);
          }),
        ),
      ),
    ),
  );
  const more = next === null ? "" : ", and more";
  byId("items-count").textContent =
    `${items.length} ${items.length === 1 ? "item" : "items"}${more}`;
}

/**
 * The keys first, then what most items have.
 *
 * @param {readonly Pick<Table, "partitionKey" | "sortKey">[]} keyed
 * @param {readonly Item[]} items
 */
function columnsOf(keyed, items) {
  const keys = keyed.flatMap(({ partitionKey, sortKey }) => [
    partitionKey.name,
    ...(sortKey === null ? [] : [sortKey.name]),
  ]);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const item of items) {
    for (const name of Object.keys(item)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const others = [...counts.keys()]
    .filter((name) => !keys.includes(name))
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  return [...new Set([...keys, ...others.slice(0, maxColumns)])];
}

/** A value without its type, for the list. @param {Item[string] | undefined} value */
function valueText(value) {
  if (value === undefined) return "";
  const [type = "", inner] = Object.entries(value)[0] ?? [];
  if (type === "NULL") return "null";
  return typeof inner === "string" ? inner : JSON.stringify(plain(value));
}

/** @param {unknown} value @returns {unknown} */
function plain(value) {
  const [[type = "", inner] = []] = Object.entries(/** @type {object} */ (value));
  if (type === "L") return inner.map(plain);
  if (type !== "M") return type === "NULL" ? null : inner;
  return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, plain(one)]));
}

source.addEventListener("change", () => {
  keyValue.value = "";
  labelKey();
  void find();
});
byId("find").addEventListener("submit", (event) => {
  event.preventDefault();
  void find();
});
nextButton.addEventListener("click", () => {
  starts.push(start);
  start = next;
  void load();
});
previousButton.addEventListener("click", () => {
  start = starts.pop() ?? null;
  void load();
});
byId("add-item").addEventListener("click", () => {
  const { table } = chosen();
  if (table !== undefined) openItem({ table, item: null, onDone: load });
});
