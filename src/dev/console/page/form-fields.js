import { element } from "./elements.js";
import { compactJson } from "./format.js";
import { hint, misfit, resolve } from "./schema-hints.js";

/** @typedef {import("./schema-hints.js").Schema} Schema */

/**
 * @param {Schema} openApi the whole document
 * @param {Schema} parameter
 */
export function parameterField(openApi, parameter) {
  const { name, in: place, required = false, schema, description } = parameter;
  const input = element("input", {
    name,
    autocomplete: "off",
    spellcheck: "false",
    value: parameter.example === undefined ? "" : String(parameter.example),
    ...(required && { "aria-required": "true" }),
  });
  const words = [place, required ? "required" : "", hint(openApi, schema), description];
  const problem = element("span", { class: "problem", role: "status" });
  input.addEventListener("input", () => {
    const empty = required ? "is required" : "";
    problem.textContent = input.value === "" ? empty : misfit(openApi, schema, input.value);
  });
  const row = element(
    "label",
    { class: "field-row" },
    element("b", {}, name),
    input,
    element("span", { class: "quiet" }, words.filter(Boolean).join(" · ")),
    problem,
  );
  return { row, field: { name, place, input } };
}

/**
 * Undefined where the operation takes no body.
 *
 * @param {Schema} openApi the whole document
 * @param {Schema} operation
 */
export function bodyField(openApi, operation) {
  const content = resolve(openApi, operation.requestBody).content?.["application/json"];
  if (content === undefined) return undefined;
  const schema = resolve(openApi, content.schema);
  const editor = element("textarea", { rows: "10", spellcheck: "false", name: "body" });
  editor.value = content.example === undefined ? "{}" : compactJson(content.example);
  const problem = element("span", { class: "problem", role: "status" });
  editor.addEventListener("input", () => {
    problem.textContent = bodyProblem(editor.value, schema);
  });
  const properties = Object.entries(schema.properties ?? {}).map(([name, one]) =>
    element(
      "li",
      {},
      element("b", {}, name),
      ` ${[schema.required?.includes(name) ? "required" : "", hint(openApi, one), resolve(openApi, one).description].filter(Boolean).join(" · ")}`,
    ),
  );
  const row = element(
    "div",
    { class: "field-row" },
    element("label", {}, element("b", {}, "Body"), editor),
    problem,
    element("ul", { class: "plain quiet" }, ...properties),
  );
  return { row, editor };
}

/**
 * A hint, and never a hindrance: to see what the API says to a wrong body is what this page is for.
 *
 * @param {string} text
 * @param {Schema} schema
 */
function bodyProblem(text, schema) {
  try {
    const value = JSON.parse(text);
    const missing = (schema.required ?? []).filter(
      (/** @type {string} */ name) => !(name in Object(value)),
    );
    return missing.length > 0 ? `without ${missing.join(", ")}` : "";
  } catch (error) {
    return `no JSON: ${/** @type {Error} */ (error).message}`;
  }
}
