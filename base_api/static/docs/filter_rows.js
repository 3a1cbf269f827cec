// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The filters of a search: a field, an operator and a value in each row. */
import { button, el, fill, select } from "./dom.js";
import { fieldInput, fieldNamed } from "./field_input.js";
import { t } from "./texts.js";
import { valueInput } from "./value_input.js";

const TEXT = ["eq", "ne", "ilike", "in", "nin", "startswith", "endswith", "is_set"];
const NUMBER = ["eq", "ne", "gt", "gte", "lt", "lte", "between", "in", "nin"];
const OPERATORS = {
  boolean: ["eq", "ne"],
  selection: ["eq", "ne", "in", "nin", "is_set"],
  date: [...NUMBER, "is_set"],
  datetime: [...NUMBER, "is_set"],
  integer: NUMBER,
  float: NUMBER,
  monetary: NUMBER,
  many2one: ["eq", "ne", "in", "nin", "search", "child_of", "is_set"],
  many2many: ["eq", "ne", "in", "nin", "search", "is_set"],
  one2many: ["eq", "ne", "in", "nin", "search", "is_set"],
};
const OF_ONE_VALUE = ["eq", "ne", "child_of"];

export function filterRows(state, update) {
  const rows = el("div", {});
  const add = () => {
    const filter = { name: "", operator: "eq", value: "" };
    state.filters.push(filter);
    const row = filterRow(state, filter, update);
    rows.append(row);
    row.querySelector("input").focus();
  };
  return el("fieldset", {}, el("legend", {}, t("filters")), rows, button(t("add_filter"), add));
}

function filterRow(state, filter, update) {
  const operator = el("span", {});
  const value = el("span", "with-list");
  let field;

  function show() {
    const operators = OPERATORS[field?.type] ?? TEXT;
    filter.operator = operators.includes(filter.operator) ? filter.operator : "eq";
    const choose = (name) => {
      filter.operator = name;
      show();
    };
    fill(
      operator,
      select(
        operators.map((name) => [name, name]),
        filter.operator,
        choose,
        { "aria-label": t("operator") },
      ),
    );
    fill(value, valueControl());
    update();
  }

  function valueControl() {
    const change = (text) => {
      filter.value = text;
      update();
    };
    const attributes = { "aria-label": t("value") };
    const { operator: name } = filter;
    if (name === "is_set") {
      return valueInput({ type: "boolean" }, filter.value, change, attributes);
    }
    return valueInput(OF_ONE_VALUE.includes(name) ? field : undefined, filter.value, change, attributes);
  }

  const changeName = async (name) => {
    filter.name = name;
    update();
    const found = state.model ? await fieldNamed(state.model, name) : undefined;
    if (name === filter.name && found !== field) {
      field = found;
      show();
    }
  };
  const attributes = { "aria-label": t("field"), placeholder: t("field") };
  const names = state.model
    ? fieldInput(state.model, (item) => item.searchable, changeName, attributes)
    : el("input", { ...attributes, input: (event) => changeName(event.target.value.trim()) });
  const remove = () => {
    state.filters.splice(state.filters.indexOf(filter), 1);
    row.remove();
    update();
  };
  const removeButton = button("×", remove, { "aria-label": t("remove", { name: t("filter") }) });
  const row = el("div", "row", el("span", "with-list", names), operator, value, removeButton);
  show();
  return row;
}
