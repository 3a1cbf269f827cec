// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** One model: its requests, fields, actions and methods. */
import { readActions, readFields, readMethods, readModelEndpoints, readModels } from "./catalog.js";
import { el, fill } from "./dom.js";
import { methodBadge, operationView } from "./endpoint_view.js";
import { fieldsView } from "./fields_view.js";
import { keyOf } from "./operations.js";
import { modelAddress } from "./route.js";
import { empty, showLater } from "./states.js";
import { table } from "./table.js";
import { tabs } from "./tabs.js";
import { t } from "./texts.js";

/** What people look for first; the rest follows in the order of the document. */
const ORDER = ["search", "create", "update", "delete", "count", "aggregate", "export", "upsert", "call"];

export function modelView(model, part) {
  const title = el("h1", { tabindex: "-1" }, model);
  readModels()
    .then((models) => models.find((item) => item.model === model))
    .then((found) => found && fill(title, found.name, " ", el("code", {}, model)))
    .catch(() => {}); // the tabs show why
  const pages = [
    [t("requests"), () => requestsView(model, part)],
    [t("fields"), () => later(readFields(model), (fields) => fieldsView([...fields.values()]), 12)],
    [t("actions"), () => later(readActions(model), actionsView)],
    [t("methods"), () => later(readMethods(model), methodsView)],
  ];
  return [title, tabs(t("model"), pages, part === "fields" ? 1 : 0)];
}

function later(promise, show, lines) {
  return showLater(el("div", {}), promise, show, lines);
}

function requestsView(model, part) {
  return later(readModelEndpoints(model), (found) => {
    if (!found.length) {
      return empty(t("no_requests"));
    }
    const operations = found.toSorted((a, b) => rank(a) - rank(b));
    const chosen = operations.find((item) => keyOf(item) === part) ?? operations[0];
    return [operationList(model, operations, chosen), operationView(chosen, model)];
  });
}

function rank(operation) {
  const index = ORDER.indexOf(operation.path.split("/")[1]);
  return index < 0 ? ORDER.length : index;
}

function operationList(model, operations, chosen) {
  const items = operations.map((operation) => {
    const name = operation.path.replace(`/${model}`, "").slice(1);
    const current = operation === chosen && "page";
    const attributes = {
      href: modelAddress(model, keyOf(operation)),
      "aria-current": current,
      title: operation.summary,
    };
    return el("li", {}, el("a", attributes, methodBadge(operation.method), " ", name));
  });
  return el("nav", { "aria-label": t("requests") }, el("ul", "operations", items));
}

function actionsView(actions) {
  const rows = actions.map(({ label, name, type, target_model }) => [
    label,
    el("code", {}, name),
    type,
    target_model ? el("a", { href: modelAddress(target_model) }, target_model) : null,
  ]);
  return rows.length
    ? table(t("actions"), [t("label"), t("name"), t("type"), t("model")], rows)
    : empty(t("no_actions"));
}

function methodsView(methods) {
  const rows = methods.map(({ name, parameters, doc }) => {
    const names = parameters.map(
      (item) => `${item.variable ? "*" : ""}${item.name}${item.required ? "" : "?"}`,
    );
    return [el("code", {}, `${name}(${names.join(", ")})`), el("span", "help", doc)];
  });
  return rows.length ? table(t("methods"), [t("name"), t("meaning")], rows) : empty(t("no_methods"));
}
