// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** What a dry run would have changed. */
import { el } from "./dom.js";
import { modelAddress } from "./route.js";
import { empty } from "./states.js";
import { table } from "./table.js";
import { t } from "./texts.js";

export function changesView(changes) {
  if (!changes.length) {
    return empty(t("no_changes"));
  }
  return el("div", "changes", changes.map(changeView));
}

function changeView({ model, id, before, after }) {
  const title = before === null ? t("would_create") : after === null ? t("would_delete") : t("would_change");
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !isEmpty(before?.[name]) || !isEmpty(after?.[name]),
  );
  const rows = names.map((name) => [
    name,
    before && el("del", {}, shown(before[name])),
    after && el("ins", {}, shown(after[name])),
  ]);
  const link = el("a", { href: modelAddress(model) }, model);
  return table([title, " ", link, ` ${id}`], [t("field"), t("before"), t("after")], rows);
}

/** What a record has not is no news about a new one. */
function isEmpty(value) {
  return [false, null, undefined].includes(value) || value.length === 0;
}

function shown(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}
