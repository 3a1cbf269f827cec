// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** What stands where something is missing: it loads, failed, or there is none. */
import { el, fill } from "./dom.js";
import { DOCS, Refused } from "./server.js";
import { t } from "./texts.js";

export function loading(lines = 5) {
  const bars = Array.from({ length: lines }, () => el("div", "bar"));
  return el("div", { class: "loading", role: "status", "aria-label": t("loading") }, bars);
}

export function empty(text) {
  return el("p", "empty", text);
}

/** An error, with a link to its row in the reference; or that a credential is needed. */
export function failed(error) {
  if (!(error instanceof Refused)) {
    throw error;
  }
  if (error.code?.startsWith("MISSING_")) {
    return empty(t("sign_in_to_see"));
  }
  const text = error.code === null ? t("unreachable") : error.message;
  const details = error.details.map((detail) =>
    el("li", {}, detail.pointer ? [el("code", {}, detail.pointer), " "] : null, detail.message),
  );
  return el(
    "div",
    { class: "failed", role: "alert" },
    el("p", {}, error.code ? [errorLink(error.code), " "] : null, text),
    details.length ? el("ul", {}, details) : null,
  );
}

/** Show what a promise gives, and until then that it loads. */
export function showLater(place, promise, show, lines) {
  fill(place, loading(lines));
  promise.then((value) => fill(place, show(value))).catch((error) => fill(place, failed(error)));
  return place;
}

export function errorLink(code) {
  const href = `${DOCS}/errors.md#${code.toLowerCase()}`;
  return el("a", { href, target: "_blank", class: "error-code", title: t("explain_error") }, code);
}
