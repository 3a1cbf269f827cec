// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** One endpoint: what it does, takes and answers, and a form to send it. */
import { builder } from "./builder.js";
import { readEndpoints } from "./catalog.js";
import { code } from "./code.js";
import { el } from "./dom.js";
import { keyOf, resolve } from "./operations.js";
import { empty, errorLink, showLater } from "./states.js";
import { table } from "./table.js";
import { t } from "./texts.js";

export function endpointView(key) {
  const find = readEndpoints().then((operations) => operations.find((item) => keyOf(item) === key));
  return showLater(el("div", {}), find, (operation) =>
    operation
      ? [heading(operation), operationView(operation, "")]
      : empty(t("no_such_endpoint", { name: key })),
  );
}

/** An operation without its title: text, form, and tables. */
export function operationView(operation, model) {
  return [
    el("p", {}, `${operation.summary}.`),
    operation.description ? el("p", "description", operation.description) : null,
    builder(operation, model),
    parametersTable(operation),
    bodySchema(operation),
    statusesTable(operation),
  ];
}

function heading(operation) {
  return el("h1", { tabindex: "-1" }, methodBadge(operation.method), " ", el("code", {}, operation.path));
}

export function methodBadge(method) {
  return el("span", `method ${method.toLowerCase()}`, method);
}

function parametersTable({ parameters, document }) {
  const rows = parameters.map((item) => {
    const schema = resolve(document, item.schema);
    const preset = "default" in schema ? ` (${schema.default})` : "";
    return [
      [el("code", {}, item.name), item.required ? el("span", "required", t("required")) : null],
      t(`in_${item.in}`),
      [schema.type ?? ""].flat().join(", ") + preset,
      item.description,
    ];
  });
  return rows.length ? table(t("parameters"), [t("name"), t("place"), t("type"), t("meaning")], rows) : null;
}

function bodySchema({ body }) {
  return (
    body && el("details", {}, el("summary", {}, t("body_schema")), code(JSON.stringify(body, null, 2), true))
  );
}

function statusesTable({ statuses }) {
  const rows = statuses.map(([status, text]) => [
    el("code", {}, status),
    status < "400" ? text : text.split(", ").map((name) => [errorLink(name), " "]),
  ]);
  return table(t("answers"), [t("status"), t("meaning")], rows);
}
