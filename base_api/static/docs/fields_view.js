// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The fields of a model, in a table that can be narrowed down. */
import { el, fill, labelled } from "./dom.js";
import { modelAddress } from "./route.js";
import { empty } from "./states.js";
import { table } from "./table.js";
import { t } from "./texts.js";

const MAX_CHOICES = 12;

export function fieldsView(fields) {
  const place = el("div", {});
  const show = (text) => {
    const found = fields.filter((field) => `${field.name} ${field.description}`.toLowerCase().includes(text));
    const columns = [t("name"), t("type"), t("rules"), t("meaning")];
    fill(place, found.length ? table(t("fields"), columns, found.map(fieldRow)) : empty(t("nothing_found")));
  };
  const input = el("input", { type: "search", input: () => show(input.value.trim().toLowerCase()) });
  show("");
  return [labelled(t("narrow_down", { n: fields.length }), input), place];
}

function fieldRow(field) {
  const rules = [
    field.writable ? null : t("read_only"),
    field.translate ? t("translated") : null,
    field.company_dependent ? t("per_company") : null,
    field.store ? null : t("not_stored"),
  ];
  return [
    el("code", {}, field.name),
    typeOf(field),
    [
      field.required_on_create ? el("span", "required", t("required")) : null,
      " ",
      rules.filter(Boolean).join(", "),
    ],
    [field.description, field.help ? el("p", "help", field.help) : null, choicesOf(field)],
  ];
}

function typeOf(field) {
  return field.relation
    ? [`${field.type} `, el("a", { href: modelAddress(field.relation) }, field.relation)]
    : field.type;
}

function choicesOf(field) {
  if (!field.selection) {
    return null;
  }
  const items = field.selection.map(([value, label]) => el("li", {}, el("code", {}, value), ` ${label}`));
  const list = el("ul", "choices", items);
  return items.length > MAX_CHOICES
    ? el("details", {}, el("summary", {}, t("choices", { n: items.length })), list)
    : list;
}
