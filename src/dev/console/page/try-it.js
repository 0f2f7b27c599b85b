import { read, write } from "./api.js";
import { answerTo, ask } from "./ask.js";
import { byId, copyButton, element } from "./elements.js";
import { bodyField, parameterField } from "./form-fields.js";
import { resolve } from "./schema-hints.js";
import { signed, tokenField } from "./token-field.js";

/** @typedef {import("./schema-hints.js").Schema} Schema */
/** @typedef {import("../service-facts.ts").ServiceFacts} ServiceFacts */

const list = byId("routes");
const panel = byId("form");

/** @type {Schema} */
let openApi = {};
/** As the manifest writes them: `GET /files/{proxy+}`. @type {readonly string[]} */
let routes = [];
/**
 * What was filled in outlives a reload of the code, as long as the route is described as before.
 *
 * @type {Map<string, {readonly description: string, readonly form: HTMLElement}>}
 */
const forms = new Map();
let wanted = "";

/** @param {ServiceFacts} service */
export async function tellRoutes(service) {
  routes = service.functions.flatMap((one) => one.routes);
  openApi = (await read("openapi").catch(() => null)) ?? {};
  list.replaceChildren(
    ...routes.map((route) => {
      const [method = "", path = ""] = route.split(" ");
      return element(
        "a",
        { href: `#try/${encodeURIComponent(route)}` },
        element("b", {}, method),
        ` ${path}`,
        element("span", { class: "quiet" }, operationOf(route).summary ?? ""),
      );
    }),
  );
  if (!byId("view-try").hidden) showRoute(wanted);
}

/** @param {string} route such as `GET /v1.0/products`; the first, where there is no such */
export function showRoute(route) {
  wanted = route;
  const shown = routes.includes(route) ? route : routes[0];
  if (shown === undefined) return;
  for (const [position, link] of [...list.children].entries()) {
    if (routes[position] === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const description = JSON.stringify([operationOf(shown), openApi.components]);
  const known = forms.get(shown);
  const form = known?.description === description ? known.form : formOf(shown);
  forms.set(shown, { description, form });
  // Whoever is typing keeps the focus.
  if (panel.firstChild !== form) panel.replaceChildren(form);
}

/** @param {string} route @returns {Schema} */
function operationOf(route) {
  const [method = "", path = ""] = route.split(" ");
  const item = openApi.paths?.[path] ?? openApi.paths?.[path.replace("+}", "}")];
  return item?.[method.toLowerCase()] ?? {};
}

/** @param {string} route */
function formOf(route) {
  const [method = "", path = ""] = route.split(" ");
  const operation = operationOf(route);
  /** @type {Schema[]} */
  const parameters = (operation.parameters ?? []).map((/** @type {Schema} */ one) =>
    resolve(openApi, one),
  );
  const named = new Set(parameters.filter((one) => one.in === "path").map((one) => one.name));
  for (const [, name] of path.matchAll(/\{(\w+)\+?\}/g)) {
    if (!named.has(name)) parameters.unshift({ name, in: "path", required: true });
  }
  const rows = parameters.map((one) => parameterField(openApi, one));
  const fields = rows.map(({ field }) => field);
  const body = bodyField(openApi, operation);
  const moreHeaders = element("textarea", {
    rows: "2",
    spellcheck: "false",
    placeholder: "Name: value",
  });
  const token = tokenField(operation);
  const answer = element("div", { class: "answer", "aria-live": "polite" });
  const line = element("pre", { class: "raw", tabindex: "0", "aria-label": "curl command" });

  const asked = () => ask(method, path, fields, moreHeaders.value, body?.editor.value);
  const tellCurl = async () => {
    const { url, ...rest } = asked();
    const scopes = token?.wanted();
    const told = await write("curl", {
      ...rest,
      url: location.origin + url,
      ...(scopes && { scopes }),
    }).catch(() => null);
    line.textContent = told?.line ?? "";
  };
  const answered = async () => {
    try {
      return await answerTo(await signed(asked(), token?.wanted()));
    } catch (error) {
      return [element("p", { class: "problem" }, /** @type {Error} */ (error).message)];
    }
  };
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    answer.replaceChildren(element("p", { class: "quiet" }, "Waiting for the answer …"));
    answer.replaceChildren(...(await answered()));
    answer.scrollIntoView({ block: "nearest" });
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const form = element(
    "form",
    {
      novalidate: true,
      submit: (event) => void send(event),
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(tellCurl, 150);
      },
      keydown: (event) => {
        const key = /** @type {KeyboardEvent} */ (event);
        if (key.key === "Enter" && (key.ctrlKey || key.metaKey)) form.requestSubmit();
      },
    },
    element("h2", {}, `${method} ${path}`),
    element("p", { class: "quiet" }, operation.summary ?? ""),
    ...(token === undefined ? [] : [token.row]),
    ...rows.map(({ row }) => row),
    ...(body === undefined ? [] : [body.row]),
    element(
      "details",
      {},
      element("summary", {}, "More headers"),
      element("label", {}, "One a line", moreHeaders),
    ),
    element(
      "div",
      { class: "buttons" },
      element("button", { class: "main", "aria-keyshortcuts": "Control+Enter" }, "Send"),
      copyButton("Copy as curl", () => line.textContent ?? ""),
    ),
  );
  void tellCurl();
  const curl = element("details", { open: true }, element("summary", {}, "curl"), line);
  return element("div", {}, form, answer, curl);
}
