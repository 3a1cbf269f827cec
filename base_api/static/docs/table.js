// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** A table that scrolls sideways inside of itself. */
import { el } from "./dom.js";

/**
 * @param title text, or parts of it
 * @param {Array<Array>} rows cells; the first of each row names it
 */
export function table(title, columns, rows) {
  const head = columns.map((text) => el("th", { scope: "col" }, text));
  const lines = rows.map(([name, ...cells]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      cells.map((cell) => el("td", {}, cell)),
    ),
  );
  const caption = el("caption", {}, title);
  const contents = el("table", {}, caption, el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines));
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption.textContent },
    contents,
  );
}
