import { connect } from "./connection.js";
import { byId, element } from "./elements.js";
import { tellFigures, tellFunctions } from "./functions.js";
import { onKeys } from "./keys.js";
import { showMetrics, tellMetrics } from "./metrics.js";
import { toggleRaw } from "./request-detail.js";
import {
  clearAll,
  focusFilter,
  moveBy,
  openCurrent,
  stepBack,
  tellRequests,
  togglePause,
} from "./requests.js";
import { showTables, tellTables } from "./tables.js";
import { showRoute, tellRoutes } from "./try-it.js";

/** @typedef {import("../service-facts.ts").ServiceFacts} ServiceFacts */
/** @typedef {import("../notice.ts").Notice} Notice */

const views = ["requests", "functions", "tables", "try", "metrics"];

/** The view that the address names: `#requests`, `#try/GET%20%2Fproducts`. */
function route() {
  const [name = "", ...rest] = location.hash.slice(1).split("/");
  const view = views.includes(name) ? name : "requests";
  for (const one of views) byId(`view-${one}`).hidden = one !== view;
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.getAttribute("href") === `#${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  showMetrics(view === "metrics");
  if (view === "tables") showTables();
  if (view === "try") showRoute(decodeURIComponent(rest.join("/")));
}

/** @param {string} name */
function go(name) {
  location.hash = name;
}

/** @param {ServiceFacts} service */
function tellService(service) {
  const { environment, region, engine, notEmulated } = service;
  document.title = `${service.service} · lambdakit`;
  byId("service").textContent = service.service;
  byId("service").title = service.description;
  byId("facts").textContent = `${environment} · ${region} · ${engine}`;
  byId("not-emulated").replaceChildren(...notEmulated.map((text) => element("li", {}, text)));
  byId("show-not-emulated").textContent = `Not emulated (${notEmulated.length})`;
  tellFunctions(service);
  tellTables(service);
  void tellRoutes(service);
}

/** How long good news stays. */
const goodNewsMilliseconds = 5000;

/** @param {readonly Notice[]} notices */
function tellNotices(notices) {
  const shown = notices.filter(
    ({ kind, time }) => kind === "bad" || Date.now() - time < goodNewsMilliseconds,
  );
  byId("notices").replaceChildren(...shown.map(noticeBox));
}

/** @param {Notice} notice */
function noticeBox({ kind, title, details }) {
  const box = element(
    "div",
    { class: `notice ${kind}` },
    element("strong", {}, title),
    ...details.map((text) => element("pre", {}, text)),
  );
  if (kind === "good") setTimeout(() => box.remove(), goodNewsMilliseconds);
  return box;
}

const states = { live: "live", waiting: "no connection, trying again", resting: "resting" };

connect({
  onState(state) {
    const shown = byId("connection");
    shown.dataset.state = state;
    shown.textContent = states[state];
  },
  onTold({ cleared = false, requests, functions, service, notices, metrics }) {
    if (service !== undefined) tellService(service);
    if (notices !== undefined) tellNotices(notices);
    tellFigures(functions);
    tellRequests(requests, cleared);
    if (metrics !== undefined) tellMetrics(metrics, cleared);
  },
});

/** @param {() => void} action */
const inRequests = (action) => (/** @type {KeyboardEvent} */ event) => {
  if (byId("view-requests").hidden) return;
  event.preventDefault();
  action();
};

/** @param {string} id */
const dialog = (id) => () => /** @type {HTMLDialogElement} */ (byId(id)).showModal();

onKeys({
  ...Object.fromEntries(views.map((name, position) => [String(position + 1), () => go(name)])),
  "/": (event) => {
    event.preventDefault();
    go("requests");
    route();
    focusFilter();
  },
  "?": dialog("keys-dialog"),
  j: inRequests(() => moveBy(1)),
  k: inRequests(() => moveBy(-1)),
  ArrowDown: inRequests(() => moveBy(1)),
  ArrowUp: inRequests(() => moveBy(-1)),
  Enter: inRequests(openCurrent),
  Escape: inRequests(stepBack),
  r: inRequests(toggleRaw),
  p: inRequests(togglePause),
  c: inRequests(() => void clearAll()),
});
byId("show-keys").addEventListener("click", dialog("keys-dialog"));
byId("show-not-emulated").addEventListener("click", dialog("not-emulated-dialog"));
addEventListener("hashchange", route);
route();
