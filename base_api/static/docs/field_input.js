// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** An input for the name of a field, which suggests names; dots follow relations. */
import { readFields } from "./catalog.js";
import { el, fill, newId } from "./dom.js";

const MAX_NAMES = 400;

/**
 * @param {(field) => boolean} fits which fields are suggested
 * @param {(name) => void} change called with each name that is typed
 */
export function fieldInput(model, fits, change, attributes = {}) {
  const list = el("datalist", { id: newId() });
  let shown = null;

  async function suggest() {
    const prefix = input.value.slice(0, input.value.lastIndexOf(".") + 1);
    if (prefix === shown) {
      return;
    }
    shown = prefix;
    const fields = await fieldsBehind(model, prefix);
    const names = [...fields.values()].filter(fits).slice(0, MAX_NAMES);
    fill(
      list,
      names.map((field) => el("option", { value: prefix + field.name }, field.description)),
    );
  }

  const input = el("input", {
    list: list.id,
    spellcheck: "false",
    autocomplete: "off",
    focus: suggest,
    input: () => {
      suggest();
      change(input.value.trim());
    },
    ...attributes,
  });
  return [input, list];
}

/** Return the description of a field by its dotted name, or undefined. */
export async function fieldNamed(model, name) {
  const fields = await fieldsBehind(model, name.slice(0, name.lastIndexOf(".") + 1));
  return fields.get(name.slice(name.lastIndexOf(".") + 1));
}

/** Return the fields of the model that the relations of `prefix` lead to. */
async function fieldsBehind(model, prefix) {
  let current = model;
  try {
    for (const name of prefix.split(".").slice(0, -1)) {
      current = (await readFields(current)).get(name).relation;
    }
    return await readFields(current);
  } catch {
    return new Map(); // no such relation, or not for this caller
  }
}
