/**
 * Makes an element. Whatever is shown comes in as text, and never as HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | EventListener | undefined>>} [attributes]
 *   a function is a listener; `true` and `""` are an attribute without a value, `false` is none
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * An element of the page that is there for certain.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @returns {Kind}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return /** @type {Kind} */ (found);
}

/**
 * A button that says that it has done its work.
 *
 * @param {string} label
 * @param {() => string} text what it copies
 */
export function copyButton(label, text) {
  const button = element("button", { type: "button", click: copy }, label);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => button.replaceChildren(label), 1500);
  }
  return button;
}

/**
 * Names and values, side by side; those without a value are left out.
 *
 * @param {readonly (readonly [string, string | null | undefined])[]} facts
 */
export function factList(facts) {
  const known = facts.filter(([, value]) => value != null && value !== "");
  return element(
    "dl",
    { class: "fact-list" },
    ...known.flatMap(([name, value]) => [
      element("dt", {}, name),
      element("dd", {}, String(value)),
    ]),
  );
}
