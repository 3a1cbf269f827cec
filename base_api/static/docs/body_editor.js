// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The body of a request as JSON, and a row that adds the value of a field to it. */
import { exampleValue, typedValue, withValue } from "./body.js";
import { button, el, fill, labelled } from "./dom.js";
import { fieldInput, fieldNamed } from "./field_input.js";
import { t } from "./texts.js";
import { valueInput } from "./value_input.js";

const WITH_VALUES = ["create", "update", "upsert"];

/** @returns {{element, set: (text) => void}} */
export function bodyEditor(state, update) {
  const area = el("textarea", {
    rows: 10,
    spellcheck: "false",
    input: () => {
      state.body = area.value;
      update();
    },
  });
  const set = (text) => {
    area.value = text;
    state.body = text;
    update();
  };
  const takesValues = state.model && WITH_VALUES.includes(state.operation.path.split("/")[1]);
  return {
    element: el("div", {}, labelled(t("body"), area), takesValues ? valueRow(state, set) : null),
    set,
  };
}

function valueRow(state, set) {
  let name = "";
  let field;
  let value = "";
  const place = el("span", "with-list");
  const outcome = el("p", { class: "note", role: "status" });

  function showValue() {
    value = "";
    fill(
      place,
      valueInput(field, value, (text) => (value = text), { "aria-label": t("value") }),
    );
  }

  async function changeName(typed) {
    name = typed;
    const found = await fieldNamed(state.model, typed);
    if (name === typed && found !== field) {
      field = found;
      showValue();
    }
  }

  async function add() {
    if (!field) {
      fill(outcome, t("no_such_field", { name }));
      return;
    }
    const typed = value === "" ? await exampleValue(field) : typedValue(field, value);
    try {
      set(await withValue(state.body, state.model, name, typed));
      fill(outcome, t("added", { name }));
    } catch (error) {
      fill(outcome, t("not_json", { reason: error.message }));
    }
  }

  const names = fieldInput(state.model, (item) => item.writable || item.relation, changeName, {
    "aria-label": t("field"),
    placeholder: t("field"),
  });
  showValue();
  return el(
    "fieldset",
    {},
    el("legend", {}, t("add_value")),
    el("div", "row", el("span", "with-list", names), place, button(t("add"), add)),
    outcome,
  );
}
