// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The parameters of a request: those of the path, what is searched, and the others. */
import { el, labelled, newId, select } from "./dom.js";
import { fieldInput } from "./field_input.js";
import { filterRows } from "./filter_rows.js";
import { nameList } from "./name_list.js";
import { resolve } from "./operations.js";
import { t } from "./texts.js";

/** Parameters with a control of their own, where the model is known. */
const SPECIAL = ["fields", "filters", "order"];

export function parameterForm(state, update) {
  const { parameters } = state.operation;
  const names = new Set(parameters.filter((item) => item.in === "query").map((item) => item.name));
  const isSpecial = (item) => item.name === "filters" || (state.model && SPECIAL.includes(item.name));
  const plain = parameters.filter((item) => item.in === "query" && !isSpecial(item));
  const inPath = parameters.filter((item) => item.in === "path");
  return [
    inPath.map((item) => parameterInput(item, state.path, update, state)),
    names.has("fields") && state.model ? fieldsControl(state, update) : null,
    names.has("filters") ? filterRows(state, update) : null,
    names.has("order") && state.model && !names.has("groupby") ? orderControl(state, update) : null,
    plain.length
      ? el(
         "details",
         { open: !state.model },
         el("summary", {}, t("more_parameters")),
         plain.map((item) => parameterInput(item, state.query, update, state)),
       )
      : null,
  ];
}

function fieldsControl(state, update) {
  const label = t("fields");
  return nameList(label, state.fields, update, (add) =>
    fieldInput(state.model, () => true, () => {}, { "aria-label": label, placeholder: t("fields_hint"), ...add }),
  );
}

function orderControl(state, update) {
  const label = t("order");
  return nameList(label, state.order, update, (add) =>
    fieldInput(state.model, (field) => field.sortable, () => {}, {
      "aria-label": label,
      placeholder: t("order_hint"),
      ...add,
    }),
  );
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
