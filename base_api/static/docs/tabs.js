// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Tabs, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ has them. */
import { button, el, fill, newId } from "./dom.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * @param {Array<[label, () => contents]>} pages made when they are first shown
 */
export function tabs(label, pages, chosen = 0, remember = () => {}) {
  const panel = el("div", { role: "tabpanel", id: newId(), tabindex: "0" });
  const handles = pages.map(([title], index) =>
    button(title, () => choose(index), { role: "tab", id: newId(), "aria-controls": panel.id }),
  );
  const list = el("div", { role: "tablist", "aria-label": label, keydown: move }, handles);

  function choose(index) {
    handles.forEach((handle, position) => {
      handle.setAttribute("aria-selected", String(position === index));
      handle.tabIndex = position === index ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", handles[index].id);
    fill(panel, pages[index][1]());
    remember(index);
  }

  function move(event) {
    const step = STEPS[event.key];
    if (step) {
      const index = (handles.indexOf(event.target) + step + handles.length) % handles.length;
      choose(index);
      handles[index].focus();
    }
  }

  choose(chosen);
  return el("div", "tabs", list, panel);
}
