// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The box to search with: a combobox, as the ARIA practices have it. */
import { el, fill, newId } from "./dom.js";
import { search } from "./search.js";
import { t } from "./texts.js";

const PAUSE = 150; // milliseconds without a key before the server is asked
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export function searchBox() {
  const list = el("div", {
    class: "results",
    role: "listbox",
    id: newId(),
    hidden: true,
    "aria-label": t("search"),
  });
  let options = [];
  let active = -1;
  let searched = 0;

  const input = el("input", {
    type: "search",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
    "aria-label": t("search"),
    "aria-keyshortcuts": "/",
    placeholder: t("search_hint"),
    spellcheck: "false",
    autocomplete: "off",
    input: update,
    focus: update,
    blur: () => setTimeout(() => document.activeElement === input || open(false), 150),
    keydown: press,
  });

  async function update() {
    const number = ++searched;
    const text = input.value.trim();
    await new Promise((resolve) => setTimeout(resolve, text ? PAUSE : 0));
    if (number !== searched) {
      return;
    }
    const results = await search(text);
    if (number !== searched || document.activeElement !== input) {
      return;
    }
    active = -1;
    options = results.map(option);
    fill(list, options.length ? options : text ? el("p", "empty", t("nothing_found")) : null);
    open(Boolean(text));
  }

  function option({ kind, title, note, href }) {
    const choose = () => {
      location.hash = href;
      input.value = "";
      input.blur();
      open(false);
    };
    return el(
      "div",
      { role: "option", id: newId(), click: choose, "aria-selected": "false" },
      el("span", `kind ${kind}`, t(`kind_${kind}`)),
      el("span", "title", title),
      el("span", "note", note),
    );
  }

  function press(event) {
    const step = STEPS[event.key];
    if (step && options.length) {
      event.preventDefault();
      mark((active + step + options.length) % options.length);
    } else if (event.key === "Enter" && options.length) {
      options[Math.max(active, 0)].click();
    } else if (event.key === "Escape") {
      input.value = "";
      open(false);
    }
  }

  function mark(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    input.removeAttribute("aria-activedescendant");
  }

  return el("div", { class: "search", role: "search" }, input, list);
}

/** Let `/` lead to the box, wherever no text is typed. */
export function listenForSlash() {
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, dialog");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      document.querySelector(".search input").focus();
    }
  });
}
