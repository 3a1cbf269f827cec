// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** A list of names that grows with Enter and shrinks by buttons. */
import { button, el, fill, labelled } from "./dom.js";
import { t } from "./texts.js";

/**
 * @param {Array<string>} names changed in place
 * @param {(attributes) => [input, datalist]} makeInput with what the list listens to
 */
export function nameList(label, names, update, makeInput) {
  const chips = el("ul", { class: "chips", "aria-label": label });
  const add = () => {
    const name = input.value.trim();
    if (name && !names.includes(name)) {
      names.push(name);
      show();
    }
    input.value = "";
  };
  const [input, list] = makeInput({
    keydown: (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        add();
      }
    },
    change: add,
  });

  function show() {
    fill(
      chips,
      names.map((name) => el("li", {}, name, removeButton(name))),
    );
    update();
  }

  function removeButton(name) {
    const remove = () => {
      names.splice(names.indexOf(name), 1);
      show();
      input.focus();
    };
    return button("×", remove, { "aria-label": t("remove", { name }) });
  }

  return el("div", "name-list", labelled(label, input), list, chips);
}
