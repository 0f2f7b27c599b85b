import { ApiError, write } from "./api.js";
import { byId, copyButton, element } from "./elements.js";
import { compactJson } from "./format.js";
import { diffLines } from "./text-diff.js";

/** @typedef {import("./tables.js").Table} Table */
/** @typedef {import("./tables.js").Item} Item */
/** @typedef {{table: Table, item: Item | null, onDone: () => void}} Subject */

const dialog = /** @type {HTMLDialogElement} */ (byId("item-dialog"));

/**
 * Shows an item, to be read, changed or deleted; or an empty one to be added, where it is null.
 *
 * @param {Subject} subject
 */
export function openItem(subject) {
  const text =
    subject.item === null ? template(subject.table) : itemText(subject.item, subject.table);
  edit(subject, text);
  dialog.showModal();
}

/**
 * @param {Subject} subject
 * @param {string} text
 * @param {string} [problem]
 */
function edit(subject, text, problem) {
  const { table, item } = subject;
  const editor = element("textarea", {
    "aria-label": "Item as DynamoDB JSON",
    spellcheck: "false",
    rows: "18",
  });
  editor.value = text;
  const review = () => {
    const after = parse(editor.value);
    if (typeof after === "string") return edit(subject, editor.value, after);
    if (item !== null && itemText(item, table) === itemText(after, table)) {
      return edit(subject, editor.value, "Nothing is different from what was read.");
    }
    confirm(subject, editor.value, after);
  };
  fill(
    item === null ? `Add an item to ${table.name}` : `Item of ${table.name}`,
    [
      element(
        "p",
        { class: "quiet" },
        "DynamoDB JSON: each value with its type, numbers as texts.",
      ),
      editor,
      ...problemLine(problem),
    ],
    [
      element("button", { type: "button", class: "main", click: review }, "Review the change"),
      ...(item === null
        ? []
        : [
            element(
              "button",
              {
                type: "button",
                class: "danger",
                click: () => confirm(subject, editor.value, null),
              },
              "Delete …",
            ),
            copyButton("Copy", () => editor.value),
          ]),
      element("button", { type: "button", click: close }, "Close"),
    ],
  );
}

/**
 * Nothing is written before it was seen.
 *
 * @param {Subject} subject
 * @param {string} text what to go back to
 * @param {Item | null} after null deletes
 */
function confirm(subject, text, after) {
  const { table, item } = subject;
  const verb = after === null ? "Delete" : item === null ? "Add" : "Save";
  const save = async () => {
    for (const button of dialog.querySelectorAll("button")) button.disabled = true;
    try {
      await write(`item/${encodeURIComponent(table.key)}`, { before: item, after });
      close();
      subject.onDone();
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) return refuse(subject, text, error);
      edit(subject, text, /** @type {Error} */ (error).message);
    }
  };
  fill(
    `${verb} this ${after === null || item === null ? "item" : "change"}?`,
    [
      element(
        "p",
        { class: "quiet" },
        `Table ${table.name}. It is done only if the item still is as it was read.`,
      ),
      difference(table, item, after),
    ],
    [
      element(
        "button",
        { type: "button", class: after === null ? "danger" : "main", click: save },
        `${verb} it`,
      ),
      element("button", { type: "button", click: () => edit(subject, text) }, "Back"),
    ],
  );
}

/**
 * @param {Subject} subject
 * @param {string} text
 * @param {ApiError} error
 */
function refuse(subject, text, error) {
  const current = /** @type {Item | null} */ (error.facts.current ?? null);
  const again = { ...subject, item: current };
  fill(
    "Not written",
    [
      element("p", { class: "problem", role: "alert" }, error.message),
      element("p", { class: "quiet" }, "From what you had read to what is there now:"),
      difference(subject.table, subject.item, current),
    ],
    [
      element(
        "button",
        {
          type: "button",
          class: "main",
          click: () => edit(again, current === null ? text : itemText(current, subject.table)),
        },
        "Start again from what is there",
      ),
      element("button", { type: "button", click: () => edit(again, text) }, "Keep my text"),
      element("button", { type: "button", click: closeAndReload(subject) }, "Close"),
    ],
  );
}

/** @param {Subject} subject */
function closeAndReload({ onDone }) {
  return () => {
    close();
    onDone();
  };
}

/**
 * @param {Table} table
 * @param {Item | null} before
 * @param {Item | null} after
 */
function difference(table, before, after) {
  const lines = diffLines(before && itemText(before, table), after && itemText(after, table));
  return element(
    "pre",
    { class: "diff", tabindex: "0", "aria-label": "Difference" },
    ...lines.map(({ sign, text }) => element("span", { "data-sign": sign }, `${sign} ${text}\n`)),
  );
}

/**
 * @param {string} title
 * @param {readonly HTMLElement[]} content
 * @param {readonly HTMLElement[]} buttons
 */
function fill(title, content, buttons) {
  dialog.replaceChildren(
    element("h2", { id: "item-title" }, title),
    ...content,
    element("div", { class: "buttons" }, ...buttons),
  );
  // What is to be read comes first: the key that opened this must not confirm it too.
  const [first] = dialog.querySelectorAll("textarea, .diff, button");
  /** @type {HTMLElement | undefined} */ (first)?.focus();
}

/** @param {string | undefined} text */
function problemLine(text) {
  return text === undefined ? [] : [element("p", { class: "problem", role: "alert" }, text)];
}

function close() {
  dialog.close();
}

/** The item, or what is wrong with the text. @param {string} text @returns {Item | string} */
function parse(text) {
  try {
    const value = JSON.parse(text);
    const isItem = typeof value === "object" && value !== null && !Array.isArray(value);
    return isItem ? value : "An item is an object.";
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

/**
 * The keys first, then by name: engines have no order of their own.
 *
 * @param {Item} item
 * @param {Table} table
 */
function itemText(item, { partitionKey, sortKey }) {
  const rank = (/** @type {string} */ name) =>
    name === partitionKey.name ? 0 : name === sortKey?.name ? 1 : 2;
  const names = Object.keys(item).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return compactJson(Object.fromEntries(names.map((name) => [name, item[name]])));
}

/** @param {Table} table */
function template({ partitionKey, sortKey }) {
  const keys = sortKey === null ? [partitionKey] : [partitionKey, sortKey];
  return compactJson(Object.fromEntries(keys.map(({ name, type }) => [name, { [type]: "" }])));
}
