import { write } from "./api.js";
import { element } from "./elements.js";

/** @typedef {import("./ask.js").Asked} Asked */
/** @typedef {import("./schema-hints.js").Schema} Schema */

/**
 * Whether a token goes along, and what it allows; undefined where the operation asks for none.
 *
 * @param {Schema} operation
 */
export function tokenField(operation) {
  const scopes = (operation.security ?? []).flatMap((/** @type {Schema} */ one) => one.Token ?? []);
  if (scopes.length === 0) return undefined;
  const box = element("input", { type: "checkbox", checked: true });
  const input = element("input", {
    name: "scopes",
    autocomplete: "off",
    spellcheck: "false",
    value: scopes.join(" "),
    "aria-label": "Scopes of the token",
  });
  box.addEventListener("change", () => {
    input.disabled = !box.checked;
  });
  const row = element(
    "div",
    { class: "field-row" },
    element("label", { class: "choice" }, box, element("b", {}, "Send a token")),
    input,
    element("span", { class: "quiet" }, `scopes · the route asks for ${scopes.join(" ")}`),
  );
  return {
    row,
    /** The scopes, or undefined for a request without a token. @returns {string[] | undefined} */
    wanted: () => (box.checked ? input.value.split(" ").filter(Boolean) : undefined),
  };
}

/**
 * With a token of the local issuer's in front, unless there is one in the headers already.
 *
 * @param {Asked} asked
 * @param {string[] | undefined} scopes
 * @returns {Promise<Asked>}
 */
export async function signed(asked, scopes) {
  const has = asked.headers.some(([name]) => name.toLowerCase() === "authorization");
  if (scopes === undefined || has) return asked;
  const { token } = await write("token", { scopes });
  return { ...asked, headers: [["Authorization", `Bearer ${token}`], ...asked.headers] };
}
