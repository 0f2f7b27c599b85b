/**
 * Calls what a key stands for; keys that are typed into a field, or with Ctrl, Alt or Meta, are left
 * alone, and so is everything while a dialog is open.
 *
 * @param {Readonly<Record<string, (event: KeyboardEvent) => void>>} actions by `KeyboardEvent.key`
 */
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const isField = target.matches("input, textarea, select");
    if (isField && event.key !== "Escape") return;
    // Enter and the space bar belong to the button or link that has the focus.
    if (event.key === "Enter" && target.matches("button, a, summary")) return;
    actions[event.key]?.(event);
  });
}
