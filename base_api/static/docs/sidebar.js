// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The lists of models and endpoints beside the page. */
import { readEndpoints, readModels } from "./catalog.js";
import { el } from "./dom.js";
import { methodBadge } from "./endpoint_view.js";
import { keyOf } from "./operations.js";
import { endpointAddress, modelAddress } from "./route.js";
import { empty, showLater } from "./states.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

let shown = 0;

export function sidebar() {
  const pages = [
    [t("models"), () => listing(readModels(), modelLinks)],
    [t("endpoints"), () => listing(readEndpoints(), endpointLinks)],
  ];
  return tabs(t("contents"), pages, shown, (index) => (shown = index));
}

/** Mark the link to what is shown. */
export function markCurrent() {
  for (const link of document.querySelectorAll("aside a")) {
    const isCurrent = `${location.hash}/`.startsWith(`${link.getAttribute("href")}/`);
    link[isCurrent ? "setAttribute" : "removeAttribute"]("aria-current", "page");
    if (isCurrent) {
      link.scrollIntoView({ block: "nearest" });
    }
  }
}

function listing(promise, show) {
  const place = el("div", {});
  showLater(
    place,
    promise,
    (items) => (items.length ? el("ul", "links", show(items)) : empty(t("nothing_here"))),
    20,
  );
  promise.finally(() => setTimeout(markCurrent)).catch(() => {}); // the error is shown
  return place;
}

function modelLinks(models) {
  return models.map(({ model, name }) =>
    el("li", {}, el("a", { href: modelAddress(model) }, el("span", {}, name), el("code", {}, model))),
  );
}

function endpointLinks(operations) {
  return operations.map((operation) =>
    el(
      "li",
      {},
      el(
        "a",
        { href: endpointAddress(keyOf(operation)), title: operation.summary },
        methodBadge(operation.method),
        el("code", {}, operation.path),
      ),
    ),
  );
}
