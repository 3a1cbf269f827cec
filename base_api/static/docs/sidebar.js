// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The lists of models and endpoints beside the page. */
import { readEndpoints, readModels } from "./catalog.js";
import { signedIn } from "./credential.js";
import { button, el } from "./dom.js";
import { methodBadge } from "./endpoint_view.js";
import { keyOf } from "./operations.js";
import { currentRoute, endpointAddress, modelAddress } from "./route.js";
import { openSignIn } from "./sign_in.js";
import { empty, failed, showLater } from "./states.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

const MISSING = ["MISSING_API_KEY", "MISSING_SESSION_TOKEN"];
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
    link.toggleAttribute("data-current", isCurrent);
    link[isCurrent ? "setAttribute" : "removeAttribute"]("aria-current", "page");
  }
}

function listing(promise, show) {
  const place = el("div", {});
  const list = promise.then(
    (items) => (items.length ? el("ul", "links", show(items)) : empty(t("nothing_here"))),
    (error) => {
      if (!signedIn() && MISSING.includes(error.code)) {
        return signInState();
      }
      return failed(error);
    },
  );
  showLater(place, list, (element) => element, 20);
  list.then(() => queueMicrotask(markCurrent));
  return place;
}

function signInState() {
  return el(
    "div",
    "empty",
    el("p", {}, t("sign_in_to_see")),
    button(t("sign_in"), openSignIn),
  );
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
