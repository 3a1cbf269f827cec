// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The parameters of a request: those of the path, what is searched, and the others. */
import { el, labelled, newId, select } from "./dom.js";
import { fieldInput } from "./field_input.js";
import { filterRows } from "./filter_rows.js";
import { nameList } from "./name_list.js";
import { resolve } from "./operations.js";
import { t } from "./texts.js";

export function parameterForm(state, update) {
  const { parameters } = state.operation;
  const inPath = parameters.filter((item) => item.in === "path");
  const inQuery = parameters.filter((item) => item.in === "query");
  const names = inQuery.map((item) => item.name);
  // Groups have an order of their own.
  const special = names.includes("groupby") ? ["fields"] : ["fields", "order"];
  const isSpecial = (name) => state.model && special.includes(name) && names.includes(name);
  const plain = inQuery.filter(({ name }) => name !== "filters" && !isSpecial(name));
  const { model, fields, order } = state;
  return [
    inPath.map((item) => parameterInput(item, state.path, update, state)),
    isSpecial("fields")
      ? namesControl(model, fields, update, t("fields"), t("fields_hint"), () => true)
      : null,
    names.includes("filters") ? filterRows(state, update) : null,
    isSpecial("order")
      ? namesControl(model, order, update, t("order"), t("order_hint"), (field) => field.sortable)
      : null,
    plain.length
      ? el(
          "details",
          { open: !model },
          el("summary", {}, t("more_parameters")),
          plain.map((item) => parameterInput(item, state.query, update, state)),
        )
      : null,
  ];
}

function namesControl(model, names, update, label, placeholder, fits) {
  const attributes = { "aria-label": label, placeholder };
  const makeInput = (listeners) => fieldInput(model, fits, () => {}, { ...attributes, ...listeners });
  return nameList(label, names, update, makeInput);
}

function parameterInput(item, values, update, state) {
  const schema = resolve(state.operation.document, item.schema);
  const note = el("p", { class: "note", id: newId() }, item.description);
  const change = (value) => {
    values[item.name] = value;
    update();
  };
  const attributes = { "aria-describedby": note.id };
  const options = schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : null);
  const control = options
    ? select([["", ""], ...options.map((value) => [String(value), String(value)])], "", change, attributes)
    : el("input", {
        ...attributes,
        spellcheck: "false",
        placeholder: item.example ?? schema.default ?? "",
        required: item.required,
        input: (event) => change(event.target.value),
      });
  return [labelled(item.name, control), note];
}
